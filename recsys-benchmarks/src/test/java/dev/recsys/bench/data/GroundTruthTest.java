package dev.recsys.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.index.schema.MetricType;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The right answers, and what counts as one of them. */
class GroundTruthTest {
  /** Ids 0 and 2 are the same vector, ids 1 and 3 as well. */
  private static final VectorSet TWINS =
      new VectorSet(
          "twins",
          MetricType.IP,
          new float[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}, {-1, 0}},
          new float[][] {{2, 1}});

  @ParameterizedTest
  @EnumSource
  void isWhatSortingAllVectorsGives(MetricType metric) {
    VectorSet set = Spectrum.FLAT.generate(400, 9, 20, metric, 3);
    KeptIds kept = KeptIds.random(400, 0.3, 5);
    int[][] nearest = GroundTruth.compute(set, 12, kept).nearest();
    for (int i = 0; i < nearest.length; i++) {
      float[] query = set.queries()[i];
      int[] sorted =
          IntStream.range(0, 400)
              .filter(kept::contains)
              .boxed()
              .sorted(Comparator.comparingDouble(id -> -set.nearness(query, set.base()[id])))
              .mapToInt(id -> id)
              .limit(12)
              .toArray();
      assertThat(nearest[i]).isEqualTo(sorted);
    }
  }

  @Test
  void equalVectorsComeByAscendingId() {
    assertThat(GroundTruth.compute(TWINS, 3, null).nearest())
        .isDeepEqualTo(new int[][] {{0, 2, 1}});
    assertThat(GroundTruth.compute(TWINS, 1, null).nearest()).isDeepEqualTo(new int[][] {{0}});
  }

  @Test
  void asManyAreFoundAsThereAre() {
    assertThat(GroundTruth.compute(TWINS, 9, null).nearest())
        .isDeepEqualTo(new int[][] {{0, 2, 1, 3, 4}});
  }

  @Test
  void anotherVectorAsNearAsTheLastIsRightToo() {
    GroundTruth truth = GroundTruth.compute(TWINS, 3, null);
    assertThat(truth.recall(new int[][] {{2, 0, 3}})).isEqualTo(1);
    assertThat(truth.recall(new int[][] {{2, 4, 3}})).isEqualTo(2 / 3.0);
  }

  @Test
  void whatWasFoundTwiceCountsOnceAndWhatIsMissingNot() {
    GroundTruth truth = GroundTruth.compute(TWINS, 3, null);
    assertThat(truth.recall(new int[][] {{0, 0, 0}})).isEqualTo(1 / 3.0);
    assertThat(truth.recall(new int[][] {{}})).isZero();
  }

  @Test
  void answersOfAFileAreCutToWhatIsWanted() {
    GroundTruth truth = GroundTruth.of(TWINS, new int[][] {{2, 0, 3, 1}, {9, 9, 9, 9}}, 2);
    assertThat(truth.nearest()).isDeepEqualTo(new int[][] {{2, 0}});
  }

  @Test
  void answersThatAreTooFewOrNoIdsOfTheSetAreRefused() {
    assertThatThrownBy(() -> GroundTruth.of(TWINS, new int[][] {{0, 1}}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ground truth of twins must have at least 1 rows of 3 ids, got 1 of 2");
    assertThatThrownBy(() -> GroundTruth.of(TWINS, new int[0][], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
    assertThatThrownBy(() -> GroundTruth.of(TWINS, new int[][] {{0, 5}}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ground truth of twins, row 0: ids must be in [0, 4], got 5");
  }
}
