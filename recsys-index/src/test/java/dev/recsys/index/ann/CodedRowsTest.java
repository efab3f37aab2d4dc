package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When codes are made, and that they follow every change meanwhile. */
class CodedRowsTest {
  private static final int DIMENSION = 32;

  private final Random random = new Random(3);

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    float latent = (float) random.nextGaussian();
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = latent * i + 0.1f * (float) random.nextGaussian();
    }
    return vector;
  }

  private void fill(CodedRows rows, int from, int to) {
    for (int id = from; id < to; id++) {
      rows.put(id, vector());
    }
  }

  /** Every row has one place, and every place that is taken has its row. */
  private static void assertComplete(Codes codes, Rows rows) {
    int[] seen = new int[rows.size()];
    for (int g = 0; g < codes.groupCount(); g++) {
      for (int slot : codes.group(g).slots) {
        if (slot != CodeGroup.FREE) {
          seen[slot]++;
        }
      }
    }
    assertThat(Arrays.stream(seen).allMatch(count -> count == 1)).isTrue();
  }

  @Test
  void fewRowsHaveNoCodes() {
    CodedRows rows = new CodedRows(MetricType.IP, DIMENSION, Kernels.BEST, Runnable::run);
    fill(rows, 0, CodedRows.MIN_ROWS - 1);
    rows.beforeSearch();
    assertThat(rows.codes()).isNull();
    fill(rows, 1_000, 1_001);
    assertThat(rows.codes()).isNotNull();
  }

  @Test
  void refitIsAskedForWhenRowsHaveDoubledOrASearchFindsManyNew() {
    Queue<Runnable> jobs = new ArrayDeque<>();
    CodedRows rows = new CodedRows(MetricType.IP, DIMENSION, Kernels.BEST, jobs::add);
    fill(rows, 0, 1_000);
    assertThat(jobs).as("no second while one is under way").hasSize(1);
    jobs.remove().run();
    Codes first = Objects.requireNonNull(rows.codes());
    assertComplete(first, rows.rows());
    rows.beforeSearch();
    assertThat(jobs).hasSize(1);
    jobs.remove().run();
    assertThat(rows.codes()).isNotNull().isNotSameAs(first);
    rows.beforeSearch();
    assertThat(jobs).as("nothing has changed").isEmpty();
  }

  @Test
  void changesDuringARefitReachOldAndNewCodes() {
    Queue<Runnable> jobs = new ArrayDeque<>();
    CodedRows rows = new CodedRows(MetricType.L2, DIMENSION, Kernels.BEST, jobs::add);
    fill(rows, 0, 1_000);
    jobs.remove().run();
    rows.beforeSearch();
    Codes next = rows.begin(new CodeSpace(MetricType.L2, DIMENSION, null, DIMENSION, 1));
    next.append(new int[] {5, 999, 7, 998});
    rows.remove(5);
    rows.remove(6);
    rows.remove(998);
    fill(rows, 7, 9);
    fill(rows, 2_000, 2_400);
    assertComplete(Objects.requireNonNull(rows.codes()), rows.rows());
    rows.finish(next);
    rows.remove(9);
    rows.end();
    assertThat(rows.codes()).isSameAs(next);
    assertComplete(next, rows.rows());
  }

  @Test
  void rowsOfTheSameLengthMakeFullGroupsAgainAfterRemovals() {
    CodedRows rows = new CodedRows(MetricType.IP, DIMENSION, Kernels.BEST, Runnable::run);
    fill(rows, 0, 600);
    rows.beforeSearch();
    int groups = Objects.requireNonNull(rows.codes()).groupCount();
    for (int round = 0; round < 3; round++) {
      for (int id = 0; id < 60; id++) {
        rows.remove(id);
      }
      fill(rows, 0, 60);
    }
    Codes codes = Objects.requireNonNull(rows.codes());
    assertThat(codes.groupCount()).isEqualTo(groups);
    assertComplete(codes, rows.rows());
  }

  @Test
  void writesBesideARefitInAnotherThreadAreNotLost() throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CountDownLatch done = new CountDownLatch(1);
    CodedRows rows = new CodedRows(MetricType.IP, DIMENSION, Kernels.BEST, executor);
    fill(rows, 0, 5_000);
    for (int i = 0; i < 20_000; i++) {
      int id = random.nextInt(8_000);
      if (random.nextInt(3) == 0) {
        rows.remove(id);
      } else {
        rows.put(id, vector());
      }
    }
    executor.execute(done::countDown);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    executor.shutdown();
    assertComplete(Objects.requireNonNull(rows.codes()), rows.rows());
  }
}
