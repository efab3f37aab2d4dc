package dev.recsys.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Recommendation;
import dev.recsys.index.ann.SearchResult;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed gives right answers. */
class BenchmarkCorrectnessTest {
  private static final int QUERIES = 100;

  @ParameterizedTest
  @EnumSource(value = CatalogueIndex.class, names = "HNSW.*", mode = EnumSource.Mode.MATCH_ALL)
  void theGraphsFindWhatTheExactIndexFinds(CatalogueIndex index) {
    SearchBenchmark exact = new SearchBenchmark();
    exact.build();
    SearchBenchmark graph = new SearchBenchmark();
    graph.index = index;
    graph.build();
    int found = 0;
    for (int i = 0; i < QUERIES; i++) {
      Set<Long> expected = ids(exact.search());
      assertThat(expected).hasSize(10);
      expected.retainAll(ids(graph.search()));
      found += expected.size();
    }
    assertThat(found / (10.0 * QUERIES)).as("recall").isGreaterThan(0.85);
  }

  private static Set<Long> ids(SearchResult result) {
    Set<Long> ids = new HashSet<>();
    for (int rank = 0; rank < result.size(); rank++) {
      ids.add(result.id(rank));
    }
    return ids;
  }

  @Test
  void aRecommendationIsRankedByTheInnerProductWithTheUsersVector() {
    RecommendBenchmark benchmark = new RecommendBenchmark();
    benchmark.open();
    float[] user = benchmark.userVector();
    assertThat(benchmark.forUserTop5())
        .hasSize(5)
        .allSatisfy(
            each -> assertThat(each.score()).isCloseTo(score(benchmark, user, each), within(1e-4)));
    benchmark.close();
  }

  private static double score(RecommendBenchmark benchmark, float[] user, Recommendation each) {
    float[] item = benchmark.loaded().itemVector(each.id());
    double sum = 0;
    for (int i = 0; i < user.length; i++) {
      sum += (double) user[i] * item[i];
    }
    return 5 * sum;
  }
}
