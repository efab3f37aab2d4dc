package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cuts, bounds and places of the sums of a bucket. */
class BucketSumsTest {
  private static final int DIMENSION = 20;
  private static final int GROUPS = 12;
  private static final int ROWS = GROUPS * CodeGroup.SIZE;

  private final Random random = new Random(4);
  private final Rows rows = new Rows(DIMENSION);
  private final Codes codes =
      new Codes(new CodeSpace(MetricType.IP, DIMENSION, null, DIMENSION, 1), rows);
  private final CodedQuery query = new CodedQuery();
  private final float[] vector = AnnIndexContract.gaussian(random, DIMENSION);
  private final BucketSums sums = new BucketSums(Kernels.BEST);

  @BeforeEach
  void addUp() {
    for (int id = 0; id < ROWS; id++) {
      codes.put(rows.put(id, AnnIndexContract.gaussian(random, DIMENSION)));
    }
    assertThat(codes.groupCount()).isEqualTo(GROUPS);
    assertThat(query.begin(vector, codes)).isTrue();
    sums.begin(GROUPS);
    for (int g = 0; g < GROUPS; g++) {
      sums.add(g, codes.group(g), query, Double.NEGATIVE_INFINITY);
    }
  }

  private int reaching(double cut, int group) {
    return sums.collect(
        group, sums.sumAt(group, cut), Integer.MAX_VALUE, new int[CodeGroup.SIZE + 1], 0);
  }

  private int reaching(double cut) {
    int count = 0;
    for (int g = 0; g < GROUPS; g++) {
      count += reaching(cut, g);
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 12, 13, 100, 256})
  void cutsOfMaximaLetThroughAsManyAsAreWanted(int want) {
    assertThat(reaching(sums.cut(GROUPS, want))).isBetween(want, ROWS / 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {257, 400.5, 800, 1_500})
  void cutsOfASampleLetThroughAboutAsManyAsAreWanted(double want) {
    assertThat(reaching(sums.cut(GROUPS, want))).isBetween((int) (want / 2), (int) (want * 2.5));
  }

  @Test
  void nothingIsCutWhereMostAreWanted() {
    assertThat(sums.cut(GROUPS, ROWS)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(reaching(Double.NEGATIVE_INFINITY)).isEqualTo(ROWS);
    assertThat(reaching(Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void groupsThatAreLeftOutCountForNoCut() {
    for (int g = 1; g < GROUPS; g++) {
      sums.leaveOut(g);
      assertThat(sums.below(g, -Double.MAX_VALUE)).isTrue();
    }
    assertThat(reaching(sums.cut(GROUPS, 1), 0)).isBetween(1, 8);
    assertThat(sums.cut(GROUPS, 20)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(sums.cut(GROUPS, 300)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void noRowThatReachesANumberHasALesserSumThanItsBound() {
    float[] row = new float[DIMENSION];
    int[] places = new int[CodeGroup.SIZE + 1];
    for (int g = 0; g < GROUPS; g++) {
      for (int i = 0; i < CodeGroup.SIZE; i++) {
        rows.read(codes.group(g).slots[i], row, 0);
        double score = Kernels.BEST.innerProduct(vector, 0, row, 0, DIMENSION);
        assertThat(sums.below(g, score)).isFalse();
        int least = sums.leastSum(g, score, query.slack());
        int count = sums.collect(g, least, Integer.MAX_VALUE, places, 0);
        int place = g * CodeGroup.SIZE + i;
        assertThat(Arrays.stream(places, 0, count)).contains(place);
      }
    }
  }
}
