package dev.recsys.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeTest {
  private static final Attribute COLOUR = Attribute.categorical("colour");
  private static final Attribute AGE = Attribute.bucketed("age", 1, 18, 25);
  private static final Attribute JOB =
      Attribute.categorical(
          "job",
          ordered("0", "other", "1", "Teacher/educator", "2", "sales/clerk", "3", "farm/clerk"));

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Test
  void openSetTakesAnySingleValueAsText() {
    assertThat(COLOUR.canonical(" deep red ")).isEqualTo("deep red");
    assertThat(COLOUR.canonical(true)).isEqualTo("true");
  }

  @Test
  void numberAndItsTextAreTheSameValue() {
    for (Object ten : List.of(10, 10L, 10.0, 10f, (short) 10, new BigDecimal("10.00"), "10")) {
      assertThat(COLOUR.canonical(ten)).isEqualTo("10");
    }
    assertThat(COLOUR.canonical(0.5)).isEqualTo("0.5");
    assertThat(COLOUR.canonical(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void openSetRefusesEmptyTextAndLists() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> COLOUR.canonical("  "))
        .withMessage(
            "attribute \"colour\": allowed is a single value that is not empty, not \"  \"");
    assertThatIllegalArgumentException().isThrownBy(() -> COLOUR.canonical(List.of("a")));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "other,0",
    "OTHER,0",
    "1,1",
    "teacher/educator,1",
    "Educator,1",
    "teacher,1",
    "sales,2"
  })
  void closedSetTakesCodeLabelOrPartOfALabel(String given, String code) {
    assertThat(JOB.canonical(given)).isEqualTo(code);
  }

  @Test
  void closedSetTakesNumbersAsCodes() {
    assertThat(JOB.canonical(2)).isEqualTo("2");
    assertThat(JOB.canonical(2.0)).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clerk", "4", "", "-1", "1.5", "farm/clerk/x"})
  void closedSetRefusesWhatItDoesNotHaveAndPartsThatTwoLabelsShare(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JOB.canonical(given))
        .withMessage(
            "attribute \"job\": allowed is one of 0 (other), 1 (Teacher/educator), 2 (sales/clerk),"
                + " 3 (farm/clerk), not \"%s\"",
            given);
  }

  @Test
  void codeWinsOverThePartOfAnotherLabel() {
    Attribute letter = Attribute.categorical("letter", ordered("a", "b/c", "b", "d"));
    assertThat(letter.canonical("b")).isEqualTo("b");
    assertThat(letter.canonical("c")).isEqualTo("a");
  }

  @Test
  void closedSetMustBeUnambiguousAndNotEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribute.categorical("x", Map.of()))
        .withMessageContaining("attribute \"x\": no allowed values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribute.categorical("x", ordered("1", "One", "2", "one")))
        .withMessage("attribute \"x\": \"one\" stands for both 1 and 2");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "17,1", "17.9,1", "18,18", "24,18", "25,25", "99,25", "1e9,25"})
  void numberGoesIntoItsBucket(String age, String bucket) {
    assertThat(AGE.canonical(age)).isEqualTo(bucket);
    assertThat(AGE.canonical(Double.valueOf(age))).isEqualTo(bucket);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "Infinity", "old", ""})
  void bucketsRefuseWhatIsNoAge(String age) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AGE.canonical(age))
        .withMessage(
            "attribute \"age\": allowed is a number of 0 or more (buckets from 1, 18, 25), not"
                + " \"%s\"",
            age);
  }

  @Test
  void lowerBoundsMustAscendFromZero() {
    for (int[] bounds : List.of(new int[] {}, new int[] {2, 2}, new int[] {3, 1}, new int[] {-1})) {
      assertThatIllegalArgumentException().isThrownBy(() -> Attribute.bucketed("age", bounds));
    }
  }

  @Test
  void numericTakesFiniteNumbersOnly() {
    Attribute year = Attribute.numeric("year");
    assertThat(year.canonical("1995")).isEqualTo("1995");
    assertThat(year.canonical(1995.50)).isEqualTo("1995.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> year.canonical("soon"))
        .withMessage("attribute \"year\": allowed is a finite number, not \"soon\"");
    assertThatIllegalArgumentException().isThrownBy(() -> year.canonical(1 / 0.0));
  }

  @Test
  void tokensAreLettersAndDigitsOfAnyScriptInLowerCase() {
    TextDomain text = new TextDomain(5, "");
    assertThat(text.tokens("L'Été, 2001: Ärger & ÜBER-Lust"))
        .containsExactly("l", "été", "2001", "ärger", "über");
    assertThat(text.tokens("Привет, мир")).containsExactly("привет", "мир");
    assertThat(text.tokens("... !")).isEmpty();
  }

  @Test
  void ignoredPartsOfTheTextHaveNoTokens() {
    Attribute title = Attribute.text("title", 4).ignoring("\\(\\d{4}\\)$");
    assertThat(ItemEncoding.words(title, "2001 (A) (1968)")).containsExactly("2001", "a");
    assertThat(title.canonical("Kept (1968)")).isEqualTo("Kept (1968)");
    assertThat(title).isNotEqualTo(Attribute.text("title", 4));
    assertThatThrownBy(() -> title.ignoring("(")).isInstanceOf(PatternSyntaxException.class);
    assertThatIllegalStateException().isThrownBy(() -> COLOUR.ignoring("x"));
  }

  @Test
  void textNeedsAtLeastOneTokenAndAttributesAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> Attribute.text("title", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Attribute.numeric(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribute.text("t", 1).canonical(List.of("a")));
  }

  @Test
  void longValuesAreShortenedInMessages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AGE.canonical("x".repeat(1000)))
        .satisfies(e -> assertThat(e.getMessage()).endsWith("xxx...\"").hasSizeLessThan(200));
  }

  @Test
  void equalWhenNameKindAndValuesAre() {
    assertThat(AGE)
        .isEqualTo(Attribute.bucketed("age", 1, 18, 25))
        .hasToString("age (CATEGORICAL)");
    assertThat(AGE).isNotEqualTo(Attribute.bucketed("age", 1, 18));
    assertThat(COLOUR).isNotEqualTo(Attribute.multiValued("colour"));
    assertThat(JOB).isNotEqualTo(Attribute.categorical("job", Map.of("0", "other")));
    assertThat(JOB).isEqualTo(Attribute.categorical("job", ((ClosedDomain) JOB.domain()).labels()));
    assertThat(AGE.hashCode()).isEqualTo(Attribute.bucketed("age", 1, 18, 25).hashCode());
  }
}
