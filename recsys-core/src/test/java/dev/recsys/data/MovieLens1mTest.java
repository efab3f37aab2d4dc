package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real ml-1m, against the numbers of its README. */
class MovieLens1mTest {
  private Dataset data;

  @BeforeEach
  void read() {
    data = MovieLens.read(Files1m.real());
  }

  @Test
  void hasTheSizesOfItsReadme() {
    assertThat(data).hasToString("ml-1m: 6040 users, 3883 items, 1000209 ratings");
    Ratings ratings = data.ratings();
    long[] counts = new long[6];
    IntStream.range(0, ratings.size()).forEach(i -> counts[(int) ratings.stars(i)]++);
    assertThat(counts).containsExactly(0, 56174, 107557, 261197, 348971, 226310);
  }

  @Test
  void titlesAreLatin1AndKeepTheirYear() {
    assertThat(data.items().get(0).title()).isEqualTo("Toy Story (1995)");
    assertThat(data.items()).extracting(Item::title).anyMatch(title -> title.contains("é"));
    assertThat(data.items()).allMatch(item -> item.get("year") instanceof Integer);
    assertThat(data.items()).noneMatch(item -> item.title().contains("\uFFFD"));
  }

  @Test
  void everyTitleFitsAndIsEncodedWithoutItsYear() {
    FeatureEncoder encoder = FeatureEncoder.fit(MovieLens.SCHEMA, data.users(), data.items());
    assertThat(encoder.vocabulary("genres").size()).isEqualTo(19);
    assertThat(encoder.vocabulary("occupation").size()).isEqualTo(22);
    assertThat(encoder.userRows()).isEqualTo(6041);
    assertThat(encoder.itemRows()).isEqualTo(3884);
    List<Integer> lengths =
        data.items().stream().map(item -> encoder.encode(item).rows()[1].length).toList();
    assertThat(lengths).allMatch(length -> length >= 1 && length < 16);
    assertThat(encoder.encode(data.items().get(0)).rows()[1])
        .containsExactly(
            encoder.vocabulary("title").row("toy"), encoder.vocabulary("title").row("story"));
  }
}
