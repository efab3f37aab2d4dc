package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.features.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovieLensSchemaTest {
  @Test
  void hasTheAttributesOfMl1m() {
    assertThat(MovieLens.SCHEMA.userAttributes())
        .extracting(Attribute::name)
        .containsExactly("gender", "age", "occupation");
    assertThat(MovieLens.SCHEMA.itemAttributes())
        .extracting(Attribute::name)
        .containsExactly("genres", "title", "year");
  }

  @ParameterizedTest
  @CsvSource({
    "other,0",
    "educator,1",
    "academic,1",
    "admin,3",
    "grad student,4",
    "Health Care,6",
    "K-12 student,10",
    "k-12 STUDENT,10",
    "programmer,12",
    "self-employed,16",
    "engineer,17",
    "craftsman,18",
    "writer,20",
    "20,20",
    "college/grad student,4"
  })
  void occupationHasNamesAndCodes(String given, String code) {
    assertThat(MovieLensSchema.OCCUPATION.canonical(given)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"F,F", "f,F", "female,F", "M,M", "Male,M"})
  void genderHasLetterOrWord(String given, String code) {
    assertThat(MovieLensSchema.GENDER.canonical(given)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "17,1", "18,18", "30,25", "44,35", "45,45", "55,50", "56,56", "99,56"})
  void realAgeGoesIntoItsBucket(int age, String bucket) {
    assertThat(MovieLensSchema.AGE.canonical(age)).isEqualTo(bucket);
  }

  @Test
  void unknownOccupationIsToldTheAllowedOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MovieLensSchema.OCCUPATION.canonical(21))
        .withMessageStartingWith(
            "attribute \"occupation\": allowed is one of 0 (other), 1 (academic/educator), ")
        .withMessageEndingWith(", 20 (writer), not \"21\"");
  }
}
