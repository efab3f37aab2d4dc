package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.index.schema.MetricType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectionTest {
  private static float[] endToEnd(float[][] vectors) {
    float[] rows = new float[vectors.length * vectors[0].length];
    for (int i = 0; i < vectors.length; i++) {
      System.arraycopy(vectors[i], 0, rows, i * vectors[0].length, vectors[0].length);
    }
    return rows;
  }

  @Test
  void vectorsOfLowRankTakeOneCacheLineAndFlatOnesAllTheirComponents() {
    Projection low = Projection.fit(endToEnd(VectorSets.lowRank(600, 128, 8, 1)), 128, 7);
    assertThat(low.components()).isEqualTo(56);
    assertThat(low.codeLength()).isEqualTo(64);
    Projection flat = Projection.fit(endToEnd(VectorSets.flat(600, 128, 2)), 128, 7);
    assertThat(flat.components()).isEqualTo(128);
    assertThat(flat.codeLength()).isEqualTo(192);
  }

  @ParameterizedTest
  @EnumSource
  void codesScoreAsTheVectorsDoUpToAConstantForEachQuery(MetricType metric) {
    float[][] vectors = VectorSets.lowRank(300, 128, 8, 3);
    for (float[] vector : vectors) {
      vector[5] += 3;
    }
    Projection projection = Projection.fit(endToEnd(vectors), 128, 7);
    GraphCodes codes = new GraphCodes(metric, projection, new byte[0][]).withCapacity(300);
    int[] slots = new int[300];
    for (int slot = 0; slot < 300; slot++) {
      slots[slot] = slot;
      codes.encode(slot, Vectors.forMetric(metric, vectors[slot]), new float[128]);
    }
    float[] query = Vectors.forMetric(metric, VectorSets.lowRank(1, 128, 8, 4)[0]);
    GraphQuery coded = new GraphQuery();
    codes.query(query, coded);
    float[] scores = new float[300];
    codes.score(coded, slots, 300, scores);

    double constant = scores[0] - halved(metric, query, vectors[0]);
    double unit = metric == MetricType.COSINE ? 1 : Kernels.norm(query);
    for (int slot = 1; slot < 300; slot++) {
      double expected = halved(metric, query, vectors[slot]) + constant;
      assertThat((double) scores[slot]).isCloseTo(expected, within(0.15 * unit));
    }
  }

  private static double halved(MetricType metric, float[] query, float[] vector) {
    double score = AnnIndexContract.score(metric, query, vector);
    return metric == MetricType.L2 ? -score / 2 : score;
  }
}
