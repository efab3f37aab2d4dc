package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistoryModelTest {
  private static final UserProfile ANYBODY = UserProfile.builder().build();

  /** Gives the items the scores of an array. */
  private static HistoryModel scoring(Interactions data, float... given) {
    return new HistoryModel(Baseline.POPULARITY, data) {
      @Override
      void score(int[] liked, float[] scores) {
        System.arraycopy(given, 0, scores, 0, scores.length);
      }
    };
  }

  @Property(tries = 300)
  void ranksAsSortingAllCandidatesDoes(
      @ForAll @IntRange(min = 1, max = 30) int items,
      @ForAll @IntRange(min = 1, max = 35) int k,
      @ForAll long seed) {
    Random random = new Random(seed);
    Interactions data =
        Interactions.of(TinyData.training(TinyData.random(5, items, 3 * items, seed)));
    float[] scores = new float[items];
    for (int i = 0; i < items; i++) {
      scores[i] = random.nextInt(6) - 3;
    }
    long[] sorted =
        IntStream.range(0, items)
            .boxed()
            .filter(number -> data.id(number) % 3 != 1)
            .sorted(Comparator.comparing((Integer number) -> -scores[number]))
            .limit(k)
            .mapToLong(data::id)
            .toArray();
    assertThat(scoring(data, scores).rank(ANYBODY, List.of(), k, id -> id % 3 != 1))
        .containsExactly(sorted);
  }

  @Test
  void popularityIsTheSameForEverybody() {
    RankingModel model =
        new Popularity(
            Interactions.of(
                TinyData.training(
                    TinyData.of(
                        3,
                        4,
                        new double[] {0, 3, 5},
                        new double[] {1, 3, 4},
                        new double[] {1, 2, 5},
                        new double[] {2, 1, 1}))));
    assertThat(model.rank(ANYBODY, List.of(), 3, id -> true)).containsExactly(3, 2, 0);
    assertThat(model.rank(ANYBODY, List.of(Rating.of(1, 5)), 2, id -> id != 3))
        .containsExactly(2, 0);
    assertThat(model.name()).isEqualTo("popularity");
  }
}
