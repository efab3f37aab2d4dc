package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.index.schema.MetricType;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches and split searches find what searches one by one find. */
@Timeout(120)
class ExactBatchTest {
  private static final int DIMENSION = 48;
  private static final float[][] LOW_RANK =
      VectorSets.uneven(VectorSets.lowRank(5_000, DIMENSION, 6, 1), 2, 3);
  private static final float[][] FLAT = VectorSets.flat(3_000, DIMENSION, 1);

  private static ExactIndex.Builder builder(MetricType metric) {
    return ExactIndex.builder(DIMENSION, metric).executor(Runnable::run);
  }

  private static ExactIndex filled(ExactIndex.Builder builder, float[][] vectors) {
    ExactIndex index = builder.build();
    VectorSets.addAll(index, vectors);
    return index;
  }

  private static void assertEqual(SearchResult actual, SearchResult expected) {
    assertThat(AnnIndexContract.ids(actual)).isEqualTo(AnnIndexContract.ids(expected));
    for (int rank = 0; rank < expected.size(); rank++) {
      assertThat(actual.score(rank)).isEqualTo(expected.score(rank));
    }
    assertThat(actual.method()).isEqualTo(SearchResult.Method.SCAN);
  }

  private static void assertBatchFindsTheSame(
      AnnIndex index, float[][] queries, int k, @Nullable LongPredicate accept) {
    List<SearchResult> batch = index.searchAll(queries, k, 0, accept);
    assertThat(batch).hasSize(queries.length);
    for (int i = 0; i < queries.length; i++) {
      assertEqual(batch.get(i), index.search(queries[i], k, 0, accept));
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchesFindWhatSearchesOneByOneFind(MetricType metric) {
    float[][] queries = VectorSets.lowRank(21, DIMENSION, 6, 2);
    // no bound holds for these two
    queries[4] = new float[DIMENSION];
    queries[5][0] = 1e30f;
    for (ExactIndex index :
        new ExactIndex[] {
          filled(builder(metric), LOW_RANK),
          filled(builder(metric), FLAT),
          filled(builder(metric).executor(job -> {}), FLAT),
          builder(metric).build()
        }) {
      for (int k : new int[] {1, 10, 400}) {
        assertBatchFindsTheSame(index, queries, k, null);
        assertBatchFindsTheSame(index, queries, k, id -> id % 5 == 0);
        assertBatchFindsTheSame(index, queries, k, id -> id == 17);
      }
    }
  }

  @Test
  void anEmptyBatchFindsNothingAndABadOneIsRefusedWhole() {
    for (AnnIndex index :
        new AnnIndex[] {
          filled(builder(MetricType.IP), FLAT),
          HnswlibIndex.builder(DIMENSION, MetricType.IP).build(),
          AutoIndex.builder(DIMENSION, MetricType.IP).build()
        }) {
      assertThat(index.searchAll(new float[0][], 3, 0, null)).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> index.searchAll(new float[][] {FLAT[0], {1}}, 3, 0, null))
          .withMessageContaining("query")
          .withMessageContaining("received 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> index.searchAll(new float[][] {FLAT[0]}, 0, 0, null));
    }
  }

  @ParameterizedTest
  @EnumSource
  void splitSearchesFindWhatWholeOnesFind(MetricType metric) {
    Executor threads = job -> new Thread(job).start();
    for (Executor executor : new Executor[] {threads, Runnable::run, job -> {}}) {
      for (float[][] vectors : new float[][][] {LOW_RANK, FLAT}) {
        for (int parts : new int[] {2, 3, 30}) {
          ExactIndex split =
              filled(builder(metric).parallelism(parts).splitFrom(1, executor), vectors);
          ExactIndex whole = filled(builder(metric).parallelism(1), vectors);
          for (float[] query : VectorSets.lowRank(4, DIMENSION, 6, 2)) {
            for (int k : new int[] {1, 10, 200}) {
              assertEqual(split.search(query, k, 0, null), whole.search(query, k, 0, null));
              LongPredicate some = id -> id % 50 == 0;
              assertEqual(split.search(query, k, 0, some), whole.search(query, k, 0, some));
            }
          }
        }
      }
    }
  }

  @Test
  void whatAFilterThrowsInAPartReachesTheCaller() {
    ExactIndex index = filled(builder(MetricType.IP).parallelism(3).splitFrom(1, job -> {}), FLAT);
    LongPredicate failing =
        id -> {
          throw new IllegalStateException("made up");
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> index.search(FLAT[0], 3, 0, failing))
        .withMessage("made up");
    assertThat(index.search(FLAT[0], 3, 0, null).size()).isEqualTo(3);
  }

  @Test
  void onlyLargeIndexesAreSplitAndOnlyIfTheyMayBe() {
    Executor none =
        job -> {
          throw new AssertionError("asked for help");
        };
    ExactIndex whole = filled(builder(MetricType.IP).parallelism(1).splitFrom(1, none), FLAT);
    ExactIndex small = filled(builder(MetricType.IP).parallelism(4).splitFrom(1 << 22, none), FLAT);
    for (ExactIndex index : new ExactIndex[] {whole, small}) {
      assertThat(index.search(FLAT[0], 3, 0, null).size()).isEqualTo(3);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(MetricType.IP).parallelism(0))
        .withMessageContaining("parallelism: must lie in 1..1024, received 0");
  }
}
