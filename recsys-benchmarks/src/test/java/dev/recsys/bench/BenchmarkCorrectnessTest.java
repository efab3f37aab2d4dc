package dev.recsys.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.Recommendation;
import dev.recsys.bench.data.GroundTruth;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.model.Objective;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed gives right answers. */
class BenchmarkCorrectnessTest {
  private static final int N = 2_000;
  private static final int DIMENSION = 32;

  private static SearchBenchmark searching(Backend backend, double selectivity) {
    SearchBenchmark benchmark = new SearchBenchmark();
    benchmark.backend = backend;
    benchmark.n = N;
    benchmark.dimension = DIMENSION;
    benchmark.ef = 100;
    benchmark.selectivity = selectivity;
    return benchmark;
  }

  /** Opens a benchmark, has it answer every query, and returns the recall. */
  private static double recall(SearchBenchmark benchmark) {
    benchmark.open();
    int[][] found =
        Arrays.stream(benchmark.set().queries()).map(benchmark::found).toArray(int[][]::new);
    double recall =
        GroundTruth.compute(benchmark.set(), benchmark.k, benchmark.kept()).recall(found);
    if (benchmark.kept() != null) {
      assertThat(Arrays.stream(found).flatMapToInt(IntStream::of))
          .allMatch(benchmark.kept()::contains);
    }
    benchmark.close();
    return recall;
  }

  @ParameterizedTest
  @EnumSource
  void theSearchThatIsTimedFindsTheNearest(Backend backend) {
    double recall = recall(searching(backend, 1));
    if (backend.exact()) {
      assertThat(recall).isEqualTo(1);
    } else {
      assertThat(recall).isBetween(0.95, 1.0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXACT", "HNSW", "HNSWLIB", "LUCENE"})
  void theFilteredSearchThatIsTimedFindsTheNearestThatAreKept(Backend backend) {
    for (double selectivity : new double[] {0.5, 0.1, 0.01}) {
      assertThat(recall(searching(backend, selectivity))).isBetween(0.95, 1.0);
    }
  }

  @Test
  void askersGoThroughAllQueriesAndGetAsManyAsWereWanted() {
    SearchBenchmark benchmark = searching(Backend.EXACT, 1);
    benchmark.open();
    SearchBenchmark.Asker asker = new SearchBenchmark.Asker();
    asker.begin(benchmark);
    assertThat(benchmark.search(asker)).isEqualTo(10);
    float[][] queries = benchmark.set().queries();
    assertThat(IntStream.range(0, queries.length).mapToObj(i -> asker.query(queries)))
        .containsExactlyInAnyOrder(queries);
    benchmark.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXACT", "HNSW", "HNSWLIB"})
  void aModelsItemsAreSearchedByItsUsers(Backend backend) {
    SearchBenchmark benchmark = searching(backend, 1);
    benchmark.model = TrainedModel.SAMPLE;
    assertThat(recall(benchmark)).isBetween(0.85, 1.0);
    assertThat(benchmark.set().size()).isGreaterThan(1_000).isLessThanOrEqualTo(1_500);
  }

  @Test
  void aBackendWithoutFiltersIsNotTimedUnderOne() {
    assertThatThrownBy(searching(Backend.HNSWLIB_CORE, 0.5)::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hnswlib-core has no filters: selectivity must be 1, got 0.5");
  }

  @ParameterizedTest
  @EnumSource
  void theIndexThatIsBuiltHoldsEveryVector(Backend backend) {
    BuildBenchmark benchmark = new BuildBenchmark();
    benchmark.backend = backend;
    benchmark.n = 300;
    benchmark.dimension = DIMENSION;
    benchmark.generate();
    Peer built = benchmark.build();
    int[] nearest = new int[1];
    for (int id = 0; id < benchmark.n; id++) {
      assertThat(built.search(benchmark.set().base()[id], 100, null, nearest)).isEqualTo(1);
      assertThat(nearest).containsExactly(id);
    }
    benchmark.discard();
    benchmark.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXACT", "HNSW", "HNSWLIB"})
  void anUpdatedIdIsFoundUnderItsNewVector(Backend backend) {
    UpdateBenchmark benchmark = new UpdateBenchmark();
    benchmark.backend = backend;
    benchmark.n = N;
    benchmark.dimension = DIMENSION;
    benchmark.open();
    UpdateBenchmark.Turn turn = new UpdateBenchmark.Turn();
    turn.begin(benchmark);
    assertThat(benchmark.search(turn)).isEqualTo(10);

    // the turn's next is 2, which takes the vector of 3
    benchmark.update(turn);
    int[] twins = new int[2];
    benchmark.search(benchmark.set().base()[3], twins);
    assertThat(twins).containsExactlyInAnyOrder(2, 3);

    float[] far = new float[DIMENSION];
    Arrays.fill(far, 3);
    int[] nearest = new int[1];
    benchmark.update(17, far);
    benchmark.search(far, nearest);
    assertThat(nearest).containsExactly(17);
    benchmark.close();
  }

  @Test
  void aBackendThatIsNotUpdatedInPlaceIsRefused() {
    UpdateBenchmark benchmark = new UpdateBenchmark();
    benchmark.backend = Backend.JVECTOR;
    benchmark.n = 100;
    assertThatThrownBy(benchmark::open)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EXACT, HNSW or HNSWLIB")
        .hasMessageEndingWith("got JVECTOR");
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
    assertThat(benchmark.userVectorForStars())
        .isEqualTo(
            benchmark.loaded().rankingBy(Objective.RATING).userVector(RecommendBenchmark.PROFILE));
    assertThat(benchmark.forFiftyRatingsTop10()).hasSize(10).isNotEqualTo(benchmark.forUserTop5());
    benchmark.close();
  }

  private static double score(RecommendBenchmark benchmark, float[] user, Recommendation each) {
    float[] item = benchmark.loaded().itemVector(each.id());
    double sum = 0;
    for (int i = 0; i < user.length; i++) {
      sum += (double) user[i] * item[i];
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MILVUS")
  void whateverAnswersInsteadGivesFiveTitles(InsteadBenchmark.Way way) throws Exception {
    InsteadBenchmark benchmark = new InsteadBenchmark();
    benchmark.way = way;
    benchmark.open();
    assertThat((List<?>) benchmark.fiveTitles()).hasSize(5).doesNotHaveDuplicates();
    benchmark.close();
  }

  @Test
  void servingIsMeasuredWhileItChanges() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      ServingUnderChange.main(new String[] {TrainedModel.SAMPLE, "1"});
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains(" requests, p50 "))
        .extracting(line -> line.substring(0, 24).strip())
        .containsExactly("warm-up", "quiet", "1 % put in each second", "reloading", "quiet again");
  }
}
