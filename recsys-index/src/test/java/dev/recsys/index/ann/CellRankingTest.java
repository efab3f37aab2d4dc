package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Picks of the cells of one set, by what their centres score. */
class CellRankingTest {
  private static final int DIMENSION = 16;
  private static final int COUNT = 12_000;

  private final Cells cells = new Cells(MetricType.IP, DIMENSION, 3);
  private final CellQuery query = new CellQuery(DIMENSION);
  private final CellRanking ranking = new CellRanking();

  private void begin(float[] point) {
    GraphCodes codes =
        new GraphCodes(MetricType.IP, Projection.identity(DIMENSION), new byte[0][])
            .withCapacity(COUNT);
    float[][] vectors = VectorSets.lowRank(COUNT, DIMENSION, 8, 1);
    for (int i = 0; i < COUNT; i++) {
      codes.encode(i, vectors[i], new float[DIMENSION]);
      cells.add(codes, i);
    }
    query.begin(point, 0, 0);
    ranking.begin(cells.roots(), cells.cells().length, query);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10, 64})
  void everyCellIsPickedOnceTheBestFirst(int want) {
    begin(VectorSets.lowRank(1, DIMENSION, 8, 2)[0]);
    int all = cells.cells().length;
    assertThat(all).isGreaterThan(40);
    Set<Integer> picked = new TreeSet<>();
    double worst = Double.POSITIVE_INFINITY;
    for (int n = ranking.pick(want); n > 0; n = ranking.pick(want)) {
      assertThat(n).isGreaterThanOrEqualTo(Math.min(want, all - picked.size()));
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        assertThat(picked.add(ranking.picked(i))).isTrue();
        double score = query.base(cells.cells()[ranking.picked(i)]);
        // codes are rounded
        assertThat(score).isLessThanOrEqualTo(worst + 0.5);
        least = Math.min(least, score);
      }
      worst = least;
    }
    assertThat(picked).hasSize(all);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1})
  void whereNoCentreScoresMoreThanNothingSomeArePickedAllTheSame(float factor) {
    float[] point = VectorSets.lowRank(1, DIMENSION, 8, 3)[0];
    for (int c = 0; c < DIMENSION; c++) {
      point[c] *= factor;
    }
    begin(point);
    Set<Integer> picked = new TreeSet<>();
    for (int n = ranking.pick(9); n > 0; n = ranking.pick(9)) {
      for (int i = 0; i < n; i++) {
        assertThat(picked.add(ranking.picked(i))).isTrue();
      }
    }
    assertThat(picked).hasSize(cells.cells().length);
  }
}
