package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Baselines that look at nothing of the user. */
class ItemOrderTest {
  private static final Split SPLIT =
      Dataset.of(
              FeatureSchema.builder("genres").item(Attribute.multiValued("genres")).build(),
              LongStream.range(0, 3).mapToObj(UserProfile::ofId).toList(),
              List.of(item(0, "a"), item(1, "a", "b"), item(2, "b"), item(3, "a"), item(4, "c")),
              Ratings.of(
                  new long[] {0, 1, 2, 0, 1},
                  new long[] {0, 0, 0, 1, 2},
                  new float[] {5, 4, 5, 4, 2}))
          .split(1, 0, 0, 1);

  private static Item item(long id, String... genres) {
    return Item.builder(id).set("genres", List.of(genres)).build();
  }

  private static float[] scores(HistoryModel model, int... liked) {
    float[] scores = new float[5];
    model.score(liked, scores);
    return scores;
  }

  @Test
  void popularityOfAttributesComputedByHand() {
    Interactions data = Interactions.of(SPLIT);
    HistoryModel model = AttributePopularity.fit(data, SPLIT.dataset().items());
    // items 0 and 1 have 3 likes and 1: genre a has 2 a movie, b has 1, c none; by number 0 1 2 3 4
    assertThat(scores(model)).containsExactly(new float[] {2, 1.5f, 1, 2, 0}, within(1e-6f));
    assertThat(scores(model, 1, 2)).containsExactly(scores(model));
  }

  @Test
  void newItemsAreRankedByTheirAttributes() {
    RankingModel model = Baseline.ATTRIBUTE_POPULARITY.fit(SPLIT, 1);
    assertThat(model.rank(UserProfile.ofId(0), List.of(), 3, id -> id >= 2))
        .containsExactly(3, 2, 4);
  }

  @Test
  void randomOrderIsTheSeedsAndDiffersByHistory() {
    Interactions data = Interactions.of(SPLIT);
    HistoryModel model = new RandomOrder(data, 7);
    assertThat(scores(model, 1)).containsExactly(scores(new RandomOrder(data, 7), 1));
    assertThat(scores(model, 1)).isNotEqualTo(scores(model, 2));
    assertThat(scores(model, 1)).isNotEqualTo(scores(new RandomOrder(data, 8), 1));
    Set<Long> first = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      first.add(
          Arrays.stream(
                  Baseline.RANDOM
                      .fit(SPLIT, seed)
                      .rank(UserProfile.ofId(0), List.of(), 1, id -> true))
              .findFirst()
              .orElseThrow());
    }
    assertThat(first).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
  }
}
