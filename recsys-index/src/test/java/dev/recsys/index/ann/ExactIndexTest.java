package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactIndexTest extends AnnIndexContract {
  @Override
  AnnIndex index(int dimension, MetricType metric) {
    return ExactIndex.builder(dimension, metric).build();
  }

  @Override
  double recall() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 3_001, 20_000})
  void rowsInSeveralBlocksAreAllFoundAndMoveWhenOthersGo(int dimension) {
    Random random = new Random(21);
    AnnIndex index = index(dimension, MetricType.IP);
    Map<Long, float[]> vectors = new LinkedHashMap<>();
    int count = Math.max(40, 600_000 / dimension);
    for (long id = 0; id < count; id++) {
      vectors.put(id, gaussian(random, dimension));
    }
    vectors.forEach(index::add);
    for (long id = 0; id < count; id += 3) {
      vectors.remove(id);
      index.remove(id);
    }
    float[] query = gaussian(random, dimension);

    SearchResult result = index.search(query, 12, 0, null);
    assertThat(ids(result)).isEqualTo(exact(MetricType.IP, vectors, query, 12, null));
    assertThat(result.visited()).isBetween(12, vectors.size());
  }

  @ParameterizedTest
  @EnumSource
  void simdAndScalarFindTheSame(MetricType metric) {
    for (int dimension : new int[] {1, 5, 31, 200, 202, 513}) {
      Random random = new Random(dimension);
      ExactIndex scalar =
          ExactIndex.builder(dimension, metric).kernels(new ScalarKernels()).build();
      ExactIndex best = ExactIndex.builder(dimension, metric).build();
      for (long id = 0; id < 500; id++) {
        float[] vector = gaussian(random, dimension);
        scalar.add(id, vector);
        best.add(id, vector);
      }
      for (int i = 0; i < 10; i++) {
        float[] query = gaussian(random, dimension);
        SearchResult expected = scalar.search(query, 20, 0, null);
        SearchResult actual = best.search(query, 20, 0, null);
        assertThat(ids(actual)).isEqualTo(ids(expected));
        for (int rank = 0; rank < 20; rank++) {
          float score = expected.score(rank);
          assertThat(actual.score(rank)).isCloseTo(score, Offset.offset(1e-6f * Math.abs(score)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalVectorsScoreEquallyWhereverTheyLie(MetricType metric) {
    Random random = new Random(22);
    AnnIndex index = index(203, metric);
    float[] same = gaussian(random, 203);
    for (long id = 9; id >= 0; id--) {
      index.add(id, same);
      index.add(100 + id, gaussian(random, 203));
    }
    SearchResult result = index.search(same, 10, 0, null);
    assertThat(ids(result)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(result.score(9)).isEqualTo(result.score(0));
  }
}
