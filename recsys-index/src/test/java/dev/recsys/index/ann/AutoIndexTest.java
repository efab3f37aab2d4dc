package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which index serves when, with costs that are made up. */
@Timeout(60)
class AutoIndexTest {
  private static final int DIMENSION = 24;
  private static final int COUNT = 1_500;
  private static final float[][] VECTORS = VectorSets.lowRank(2 * COUNT, DIMENSION, 6, 1);
  private static final float[][] QUERIES = VectorSets.lowRank(40, DIMENSION, 6, 2);

  private final Queue<Runnable> trials = new ArrayDeque<>();
  private double scanCost = 1e9;
  private double graphCost = 1e3;

  private AutoIndex.Builder builder(MetricType metric) {
    return AutoIndex.builder(DIMENSION, metric)
        .m(8)
        .efConstruction(60)
        .seed(5)
        .minSize(1)
        .dice(() -> 0)
        .executor(trials::add)
        .cost((result, nanos) -> cost(result));
  }

  private double cost(SearchResult result) {
    return result.method() == SearchResult.Method.SCAN ? scanCost : graphCost;
  }

  private static void fill(AnnIndex index, int count) {
    for (int id = 0; id < count; id++) {
      index.add(id, VECTORS[id]);
    }
  }

  private static void search(AnnIndex index) {
    for (float[] query : QUERIES) {
      index.search(query, 5, 0, null);
    }
  }

  private AutoIndex graphServing(MetricType metric) {
    AutoIndex index = builder(metric).build();
    fill(index, COUNT);
    search(index);
    trials.remove().run();
    assertThat(index.serving()).isInstanceOf(HnswIndex.class);
    return index;
  }

  /** Compares what a search for everything finds, which scans. */
  private static void assertHolds(AnnIndex index, Map<Long, float[]> expected) {
    assertThat(index.size()).isEqualTo(expected.size());
    float[] query = QUERIES[0];
    assertThat(AnnIndexContract.ids(index.search(query, expected.size() + 5, 0, null)))
        .isEqualTo(AnnIndexContract.exact(index.metric(), expected, query, expected.size(), null));
  }

  @Test
  void staysExactWhereNoGraphCouldAnswerFaster() {
    scanCost = 19_000;
    AutoIndex index = builder(MetricType.IP).build();
    fill(index, COUNT);
    for (int i = 0; i < 500; i++) {
      search(index);
    }
    assertThat(trials).isEmpty();
    assertThat(index.search(QUERIES[0], 5, 0, null).method()).isEqualTo(SearchResult.Method.SCAN);
  }

  @Test
  void buildsNothingBeforeSearchesHaveCostAsMuchAsAGraphWould() {
    scanCost = 100_000;
    AutoIndex index = builder(MetricType.IP).build();
    fill(index, COUNT);
    // a graph is taken to cost 1,500 times 200 us, a search that is timed stands for 16
    for (int i = 0; i < 187; i++) {
      index.search(QUERIES[i % QUERIES.length], 5, 0, null);
    }
    assertThat(trials).isEmpty();
    index.search(QUERIES[0], 5, 0, null);
    assertThat(trials).hasSize(1);
  }

  @Test
  void searchesThatAreNotDrawnOrFilteredOrOfFewVectorsDoNotCount() {
    AutoIndex undrawn = builder(MetricType.IP).dice(() -> 1).build();
    AutoIndex small = builder(MetricType.IP).minSize(COUNT + 1).build();
    AutoIndex filtered = builder(MetricType.IP).build();
    for (AutoIndex index : new AutoIndex[] {undrawn, small, filtered}) {
      fill(index, COUNT);
    }
    for (int i = 0; i < 3; i++) {
      search(undrawn);
      search(small);
      for (float[] query : QUERIES) {
        filtered.search(query, 5, 0, id -> id > 10);
      }
    }
    assertThat(trials).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void goesOverToAGraphThatIsCheaperAndLetsTheOtherGo(MetricType metric) {
    AutoIndex index = builder(metric).build();
    fill(index, COUNT);
    SearchResult before = index.search(QUERIES[1], 5, 0, null);
    search(index);
    assertThat(before.method()).isEqualTo(SearchResult.Method.SCAN);
    assertThat(index.challenger()).as("not yet built").isInstanceOf(HnswIndex.class);
    assertThat(index.trying()).isTrue();

    trials.remove().run();
    assertThat(index.trying()).isFalse();
    assertThat(index.serving()).isInstanceOf(HnswIndex.class);
    assertThat(index.challenger()).isNull();
    SearchResult after = index.search(QUERIES[1], 5, 0, null);
    assertThat(after.method()).isEqualTo(SearchResult.Method.GRAPH);
    assertThat(AnnIndexContract.ids(after)).isEqualTo(AnnIndexContract.ids(before));
    assertThat(index.search(QUERIES[1], 1_000, 0, null).method())
        .isEqualTo(SearchResult.Method.SCAN);
  }

  @Test
  void keepsWhatItHasUnlessTheOtherIsCheaperByAFifthAndDoesNotAskAgainSoon() {
    graphCost = 0.81e9;
    AutoIndex index = builder(MetricType.IP).build();
    fill(index, COUNT);
    search(index);
    trials.remove().run();
    assertThat(index.serving()).isInstanceOf(ExactIndex.class);
    assertThat(index.challenger()).isNull();

    search(index);
    fill(index, COUNT - 1);
    search(index);
    assertThat(trials).isEmpty();
    index.add(COUNT - 1, VECTORS[0]);
    search(index);
    assertThat(trials).as("as many were written as there are").hasSize(1);
    graphCost = 0.79e9;
    trials.remove().run();
    assertThat(index.serving()).isInstanceOf(HnswIndex.class);
  }

  @Test
  void aGraphThatFindsTooLittleIsLetGo() {
    AutoIndex index =
        AutoIndex.builder(48, MetricType.IP)
            .m(2)
            .efConstruction(1)
            .minSize(1)
            .dice(() -> 0)
            .executor(Runnable::run)
            .cost((result, nanos) -> cost(result))
            .build();
    VectorSets.addAll(index, VectorSets.flat(6_000, 48, 3));
    for (float[] query : VectorSets.flat(40, 48, 4)) {
      index.search(query, 10, 0, null);
    }
    assertThat(index.serving()).isInstanceOf(ExactIndex.class);
    assertThat(index.challenger()).isNull();
  }

  @Test
  void goesBackToExactWhenHalfIsGoneAndThatIsCheaper() {
    AutoIndex index = graphServing(MetricType.L2);
    Map<Long, float[]> expected = new TreeMap<>();
    for (int id = 0; id < COUNT; id++) {
      if (id % 2 == 0) {
        index.remove(id);
      } else {
        expected.put((long) id, VECTORS[id]);
      }
    }
    scanCost = 10;
    search(index);
    trials.remove().run();
    assertThat(index.serving()).isInstanceOf(ExactIndex.class);
    assertHolds(index, expected);
    assertThat(index.search(QUERIES[0], 5, 0, null).method()).isEqualTo(SearchResult.Method.SCAN);
    assertThat(Objects.requireNonNull(((ExactIndex) index.serving()).coded().codes())).isNotNull();
  }

  @Test
  void writesInTheMidstOfAComparisonReachBoth() {
    for (boolean graphWins : new boolean[] {true, false}) {
      Map<Long, float[]> expected = new TreeMap<>();
      AutoIndex[] index = new AutoIndex[1];
      Random random = new Random(3);
      index[0] =
          builder(MetricType.IP)
              .cost(
                  (result, nanos) -> {
                    if (index[0].challenger() != null) {
                      writeSomething(index[0], expected, random);
                    }
                    return graphWins ? cost(result) : 1e9;
                  })
              .build();
      fill(index[0], COUNT);
      for (int id = 0; id < COUNT; id++) {
        expected.put((long) id, VECTORS[id]);
      }
      search(index[0]);
      trials.remove().run();
      assertThat(index[0].serving() instanceof HnswIndex).isEqualTo(graphWins);
      assertHolds(index[0], expected);
    }
  }

  private static void writeSomething(AnnIndex index, Map<Long, float[]> expected, Random random) {
    long id = random.nextInt(2 * COUNT);
    if (random.nextInt(3) == 0) {
      index.remove(id);
      expected.remove(id);
    } else {
      float[] vector = VECTORS[random.nextInt(VECTORS.length)];
      index.add(id, vector);
      expected.put(id, vector);
    }
  }

  @Test
  void writesBesideTheBuildingOfEitherKindAreNotLost() throws InterruptedException {
    ExecutorService builder = Executors.newSingleThreadExecutor();
    AutoIndex index = builder(MetricType.L2).executor(builder).build();
    Map<Long, float[]> expected = new TreeMap<>();
    fill(index, COUNT);
    for (int id = 0; id < COUNT; id++) {
      expected.put((long) id, VECTORS[id]);
    }
    Random random = new Random(4);
    for (int round = 0; round < 4; round++) {
      search(index);
      scanCost = round % 2 == 0 ? 1e9 : 10;
      graphCost = 1e3;
      for (int i = 0; i < 2 * COUNT; i++) {
        writeSomething(index, expected, random);
      }
    }
    builder.shutdown();
    assertThat(builder.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(index.challenger()).isNull();
    assertHolds(index, expected);
  }

  @Test
  void searchesBesideAChangeOverFindTheSame() throws InterruptedException {
    ExecutorService builder = Executors.newSingleThreadExecutor();
    AutoIndex index = builder(MetricType.IP).executor(builder).build();
    fill(index, COUNT);
    int found = 0;
    int searches = 0;
    search(index);
    do {
      // filtered searches do not count for the choice
      found += index.search(QUERIES[searches % 40], COUNT + 1, 0, id -> true).size();
      searches++;
    } while (index.challenger() != null);
    assertThat(found).isEqualTo(searches * COUNT);
    builder.shutdown();
    assertThat(builder.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTrialThatFailsLeavesWhatServes() {
    AutoIndex index =
        builder(MetricType.IP)
            .cost(
                (result, nanos) -> {
                  if (result.method() == SearchResult.Method.GRAPH) {
                    throw new IllegalStateException("made up");
                  }
                  return scanCost;
                })
            .build();
    fill(index, COUNT);
    search(index);
    trials.remove().run();
    assertThat(index.serving()).isInstanceOf(ExactIndex.class);
    assertThat(index.challenger()).isNull();
    assertThat(index.search(QUERIES[0], 5, 0, null).size()).isEqualTo(5);
  }

  @Test
  void whatServedServesAgainWhenItIsLoaded(@TempDir Path directory) {
    Path file = directory.resolve("index");
    AutoIndex graph = graphServing(MetricType.IP);
    graph.save(file);
    AutoIndex.verify(file);
    AutoIndex loaded = builder(MetricType.IP).load(file);
    assertThat(loaded.serving()).isInstanceOf(HnswIndex.class);
    assertThat(loaded.size()).isEqualTo(COUNT);
    for (float[] query : QUERIES) {
      assertThat(AnnIndexContract.ids(loaded.search(query, 5, 64, null)))
          .isEqualTo(AnnIndexContract.ids(graph.search(query, 5, 64, null)));
    }
    search(loaded);
    assertThat(trials).isEmpty();
    AutoIndex exact = builder(MetricType.IP).build();
    fill(exact, COUNT);
    exact.save(file);
    assertThat(builder(MetricType.IP).load(file).serving()).isInstanceOf(ExactIndex.class);
  }

  @Test
  void aFileOfSomethingElseIsRefusedByName(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("index"), new byte[] {1, 2, 3});
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> AutoIndex.verify(file))
        .withMessageContaining(file.toString());
    Path none = directory.resolve("none");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> builder(MetricType.IP).load(none))
        .withMessageContaining(none.toString());
  }
}
