package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QuerySampleTest {
  private static QuerySample filled(int count) {
    QuerySample sample = new QuerySample(2);
    for (int i = 0; i < count; i++) {
      sample.take(new float[] {i, -i}, i + 1, 100);
    }
    return sample;
  }

  @Test
  void theLatestQueriesAreKeptAndCopied() {
    List<QuerySample.Query> queries = filled(100).queries();
    assertThat(queries).hasSize(32);
    assertThat(queries.stream().mapToInt(query -> query.k).sorted().toArray())
        .startsWith(69)
        .endsWith(100);
    for (QuerySample.Query query : queries) {
      assertThat(query.vector).containsExactly(query.k - 1f, 1f - query.k);
    }
  }

  @Test
  void isFullOnceAllPlacesAreTaken() {
    assertThat(filled(31).full()).isFalse();
    assertThat(filled(31).queries()).hasSize(31);
    assertThat(filled(32).full()).isTrue();
  }

  @Test
  void longQueriesTakeFewPlaces() {
    QuerySample sample = new QuerySample(32_768);
    for (int i = 0; i < 16; i++) {
      assertThat(sample.full()).isFalse();
      sample.take(new float[32_768], 1, 1);
    }
    assertThat(sample.full()).isTrue();
  }

  @Test
  void theAverageFollowsAndTheSumIsSettled() {
    QuerySample sample = filled(40);
    assertThat(sample.average()).isCloseTo(100, Offset.offset(1e-9));
    assertThat(sample.spent()).isCloseTo(4_000, Offset.offset(1e-9));
    for (int i = 0; i < 100; i++) {
      sample.take(new float[2], 1, 200);
    }
    assertThat(sample.average()).isBetween(195.0, 200.0);
    sample.settle();
    assertThat(sample.spent()).isZero();
    assertThat(sample.full()).isTrue();
    sample.take(new float[2], 1, 7);
    assertThat(sample.spent()).isCloseTo(7, Offset.offset(1e-9));
  }
}
