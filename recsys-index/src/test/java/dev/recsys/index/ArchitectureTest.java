package dev.recsys.index;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.recsys.index.schema.MetricType;

@AnalyzeClasses(packages = "dev.recsys.index", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> OURS =
      JavaClass.Predicates.resideInAPackage("dev.recsys..");
  private static final DescribedPredicate<JavaClass> SCHEMA =
      JavaClass.Predicates.resideInAPackage("dev.recsys.index.schema");
  private static final DescribedPredicate<JavaClass> ANN =
      JavaClass.Predicates.resideInAPackage("dev.recsys.index.ann");
  private static final DescribedPredicate<JavaClass> FILTER =
      JavaClass.Predicates.resideInAPackage("dev.recsys.index.filter..");
  private static final DescribedPredicate<JavaClass> METRIC =
      JavaClass.Predicates.equivalentTo(MetricType.class);

  @ArchTest
  static final ArchRule schemaDependsOnNothingOfOurs =
      noClasses()
          .that(SCHEMA)
          .should()
          .dependOnClassesThat(OURS.and(DescribedPredicate.not(SCHEMA)));

  @ArchTest
  static final ArchRule theSearchCoreKnowsOfSchemasOnlyTheMetric =
      noClasses()
          .that(ANN)
          .should()
          .dependOnClassesThat(OURS.and(DescribedPredicate.not(ANN.or(METRIC))));

  @ArchTest
  static final ArchRule filtersKnowOnlyTheSchema =
      noClasses()
          .that(FILTER)
          .should()
          .dependOnClassesThat(OURS.and(DescribedPredicate.not(FILTER.or(SCHEMA))));

  @ArchTest
  static final ArchRule theGrammarIsReadInTheFilterAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.recsys.index.filter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.antlr..", "dev.recsys.index.filter.grammar");

  @ArchTest
  static final ArchRule bitmapsStayInFiltersAndTheEmbeddedStore =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.recsys.index.filter..", "dev.recsys.index.embedded")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.roaringbitmap..");

  @ArchTest
  static final ArchRule theAdapterSeesOnlySchemaAndFilter =
      noClasses()
          .that()
          .resideInAPackage("dev.recsys.index")
          .should()
          .dependOnClassesThat(
              OURS.and(
                  DescribedPredicate.not(
                      SCHEMA
                          .or(FILTER)
                          .or(JavaClass.Predicates.resideInAPackage("dev.recsys.index")))));

  @ArchTest
  static final ArchRule backendsDoNotSeeEachOther =
      noClasses()
          .that()
          .resideInAPackage("dev.recsys.index.milvus")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.recsys.index.embedded", "dev.recsys.index.ann")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.h2..");

  @ArchTest
  static final ArchRule theMilvusSdkStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.recsys.index.milvus")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.milvus..", "com.google.gson..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("dev.recsys.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule simdKernelsAreNamedNowhere =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("Simd")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameStartingWith("Simd")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule theLibrariesStayBehindOurTypes =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.recsys.index.embedded", "dev.recsys.index.ann")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.h2..", "com.github.jelmerk..");

  @ArchTest
  static final ArchRule publicTypesOfTheEmbeddedStoreAreItsEntryAndItsOptions =
      classes()
          .that()
          .resideInAPackage("dev.recsys.index.embedded")
          .and()
          .haveNameNotMatching(
              ".*\\.(EmbeddedVectorStore|EmbeddedOptions|Durability|BuildListener|package-info)")
          .should()
          .notBePublic();
}
