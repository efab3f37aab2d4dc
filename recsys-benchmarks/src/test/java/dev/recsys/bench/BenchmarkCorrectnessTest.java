package dev.recsys.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Recommendation;
import dev.recsys.index.ann.SearchResult;
import org.junit.jupiter.api.Test;

/** What is timed gives right answers. */
class BenchmarkCorrectnessTest {
  @Test
  void theIndexesFindTheSame() {
    SearchBenchmark exact = new SearchBenchmark();
    exact.build();
    SearchBenchmark graph = new SearchBenchmark();
    graph.index = CatalogueIndex.HNSWLIB;
    graph.build();
    int same = 0;
    int all = 0;
    for (int i = 0; i < 100; i++) {
      SearchResult expected = exact.search();
      SearchResult found = graph.search();
      assertThat(expected.size()).isEqualTo(10);
      for (int rank = 0; rank < 10; rank++) {
        same += expected.id(rank) == found.id(rank) ? 1 : 0;
        all++;
      }
    }
    assertThat((double) same / all).isGreaterThan(0.9);
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
