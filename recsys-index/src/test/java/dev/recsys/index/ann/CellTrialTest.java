package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTrialTest {
  private static final int DIMENSION = 128;

  /** Queries near the set, but not of it. */
  private static float[][] queries(int rank, long seed) {
    float[][] queries = VectorSets.lowRank(200, DIMENSION, rank, seed);
    float[][] noise = VectorSets.flat(200, DIMENSION, seed + 1);
    for (int i = 0; i < queries.length; i++) {
      for (int c = 0; c < DIMENSION; c++) {
        queries[i][c] = 0.8f * queries[i][c] + 0.1f * noise[i][c];
      }
    }
    return queries;
  }

  @ParameterizedTest
  @CsvSource({"IP,8,9", "COSINE,10,1", "L2,16,2", "IP,24,3", "L2,6,4"})
  void cellsFindWhatAWalkFindsWhateverTheRank(MetricType metric, int rank, long seed) {
    float[][] vectors = VectorSets.lowRank(9_000, DIMENSION, rank, seed);
    HnswIndex index = HnswIndex.builder(DIMENSION, metric).build();
    ExactIndex exact = ExactIndex.builder(DIMENSION, metric).build();
    VectorSets.addAll(index, vectors);
    VectorSets.addAll(exact, vectors);
    float[][] queries = queries(rank, seed + 100);
    assertThat(HnswIndexTest.recall(index, exact, queries, 0, null)).isGreaterThan(0.985);
  }

  @Test
  void cellsOfAFlatSetAreLookedThroughFarther() {
    float[][] close = VectorSets.lowRank(4_000, 24, 4, 5);
    float[][] flat = VectorSets.flat(4_000, 24, 6);
    Cells few = tried(close);
    Cells many = tried(flat);
    assertThat(many.depth()).isGreaterThan(1.2f * few.depth());
    assertThat(few.share()).isIn(0.45f, 0.7f, 1f);
  }

  @Test
  void oneVectorOrNoneIsNoTrial() {
    assertThat(tried(VectorSets.flat(1, 24, 7)).depth()).isPositive();
    assertThat(tried(new float[0][]).depth()).isPositive();
  }

  private static Cells tried(float[][] vectors) {
    HnswIndex index = HnswIndex.builder(24, MetricType.L2).build();
    VectorSets.addAll(index, vectors);
    LiveGraph live = index.live();
    GraphCodes codes = live.graph.codes;
    Cells cells = new Cells(MetricType.L2, 24, 5);
    for (int slot = 0; slot < vectors.length; slot++) {
      cells.add(codes, slot);
    }
    Graph graph = live.graph.withCodes(codes, cells);
    boolean good = new CellTrial(live, graph, cells, new Traversal(24, live.m)).run();
    assertThat(good).isTrue();
    return cells;
  }
}
