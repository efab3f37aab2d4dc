package dev.recsys;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages: features, data, model, eval, each sees those before it. */
@AnalyzeClasses(packages = "dev.recsys", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String FEATURES = "dev.recsys.features..";
  private static final String DATA = "dev.recsys.data..";
  private static final String MODEL = "dev.recsys.model..";
  private static final String EVAL = "dev.recsys.eval..";
  private static final String ENTRY = "dev.recsys";
  private static final String CLI = "dev.recsys.cli..";
  private static final String INDEX = "dev.recsys.index..";

  private static ArchRule onlyUsedBy(String used, String... users) {
    return noClasses()
        .that(resideInAPackage("dev.recsys..").and(not(resideInAnyPackage(users))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(used)
        .allowEmptyShould(true);
  }

  @ArchTest
  static final ArchRule featuresAreAtTheBottom =
      noClasses()
          .that()
          .resideInAPackage(FEATURES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENTRY, DATA, MODEL, EVAL, CLI, INDEX);

  @ArchTest
  static final ArchRule dataIsUsedByThoseAbove = onlyUsedBy(DATA, DATA, MODEL, EVAL, ENTRY, CLI);

  @ArchTest
  static final ArchRule modelIsUsedByThoseAbove = onlyUsedBy(MODEL, MODEL, EVAL, ENTRY, CLI);

  @ArchTest static final ArchRule evalIsUsedByThoseAbove = onlyUsedBy(EVAL, EVAL, ENTRY, CLI);

  @ArchTest
  static final ArchRule recommenderIsUsedByTheCommandLineAlone = onlyUsedBy(ENTRY, ENTRY, CLI);

  @ArchTest static final ArchRule commandLineIsUsedByNobody = onlyUsedBy(CLI, CLI);

  @ArchTest
  static final ArchRule dataDoesNotSearch =
      noClasses()
          .that()
          .resideInAPackage(DATA)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(INDEX);

  @ArchTest static final ArchRule onlyTheModelKnowsDjl = onlyUsedBy("ai.djl..", MODEL);

  @ArchTest
  static final ArchRule onlyTheCommandLineChoosesABackend =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.recsys.index.embedded..", CLI)
          .and()
          .doNotHaveFullyQualifiedName("dev.recsys.Fallback") // when the backend does not answer
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.recsys.index.embedded..");

  @ArchTest
  static final ArchRule micrometerIsOptional =
      noClasses()
          .that()
          .haveNameNotMatching("dev.recsys.RecommenderMetrics.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  @ArchTest
  static final ArchRule thereAreNoCycles =
      slices().matching("dev.recsys.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule exceptionsAreUnchecked =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .should()
          .beAssignableTo(RuntimeException.class)
          .allowEmptyShould(true);
}
