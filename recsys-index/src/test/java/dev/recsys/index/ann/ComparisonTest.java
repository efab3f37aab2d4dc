package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final int DIMENSION = 32;

  private static Comparison compare(int m, float[][] vectors, float[][] queries, double perScan) {
    ExactIndex exact = ExactIndex.builder(DIMENSION, MetricType.IP).build();
    HnswIndex graph =
        HnswIndex.builder(DIMENSION, MetricType.IP).m(m).efConstruction(8 * m).seed(1).build();
    VectorSets.addAll(exact, vectors);
    VectorSets.addAll(graph, vectors);
    List<QuerySample.Query> sample = new ArrayList<>();
    for (float[] query : queries) {
      sample.add(new QuerySample.Query(query, 10));
    }
    Comparison.Cost cost =
        (result, nanos) -> result.method() == SearchResult.Method.SCAN ? perScan : result.visited();
    return Comparison.of(exact, graph, sample, cost, new Object());
  }

  @Test
  void efIsRaisedUntilTheGraphFindsEnough() {
    float[][] easy = VectorSets.lowRank(6_000, DIMENSION, 4, 1);
    float[][] hard = VectorSets.flat(6_000, DIMENSION, 1);
    Comparison first = compare(16, easy, VectorSets.lowRank(32, DIMENSION, 4, 2), 1e6);
    Comparison second = compare(16, hard, VectorSets.flat(32, DIMENSION, 2), 1e6);
    assertThat(first.exactCost()).isEqualTo(1e6);
    assertThat(first.ef()).isLessThan(second.ef());
    assertThat(first.graphCost()).isBetween(10.0, 3_000.0).isLessThan(second.graphCost());
  }

  @Test
  void aGraphThatTakesLongerThanAScanBeforeItFindsEnoughCostsInfinitely() {
    float[][] hard = VectorSets.flat(6_000, DIMENSION, 1);
    Comparison result = compare(16, hard, VectorSets.flat(32, DIMENSION, 2), 300);
    assertThat(result.exactCost()).isEqualTo(300);
    assertThat(result.graphCost()).isInfinite();
  }

  @Test
  void candidatesAreTwiceTheResultsAtLeast() {
    assertThat(Comparison.candidates(64, 10)).isEqualTo(64);
    assertThat(Comparison.candidates(64, 100)).isEqualTo(200);
    assertThat(Comparison.candidates(64, Integer.MAX_VALUE)).isEqualTo(1 << 30);
  }
}
