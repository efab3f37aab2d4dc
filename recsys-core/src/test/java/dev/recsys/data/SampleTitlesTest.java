package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTitlesTest {
  private final List<String> titles = SampleTitles.shuffled(new Random(1));

  @Test
  void thereAreAsManyDifferentOnesAsPromised() {
    assertThat(titles).hasSize(SampleTitles.MOST).doesNotHaveDuplicates();
  }

  @Test
  void seedDecidesTheirOrder() {
    assertThat(SampleTitles.shuffled(new Random(1))).isEqualTo(titles);
    assertThat(SampleTitles.shuffled(new Random(2)))
        .isNotEqualTo(titles)
        .containsExactlyInAnyOrderElementsOf(titles);
  }

  @Test
  void fitTheFormatAndItsCharacterSet() {
    assertThat(titles).allMatch(title -> StandardCharsets.ISO_8859_1.newEncoder().canEncode(title));
    assertThat(titles).noneMatch(title -> title.contains("::") || title.contains("|"));
    assertThat(titles).as("some need more than ASCII").anyMatch(title -> title.contains("é"));
  }
}
