package dev.recsys.bench.report;

import dev.recsys.bench.data.KeptIds;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.BatchPeer;
import dev.recsys.bench.peer.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** Asks one index the queries of a set, with one effort and one filter. */
final class Trial {
  private static final int REPETITIONS = 5;
  private static final int WARM_QUERIES = 5_000;
  private static final int PATIENCE = 5;
  private static final int MOST_AT_FIRST = 1 << 12;
  private static final double NANOS = 1e9;

  private final Peer peer;
  private final VectorSet set;
  private final int k;
  private final int effort;
  private final @Nullable KeptIds kept;

  Trial(Peer peer, VectorSet set, int k, int effort, @Nullable KeptIds kept) {
    this.peer = peer;
    this.set = set;
    this.k = k;
    this.effort = effort;
    this.kept = kept;
  }

  /** Returns the ids found for every query. */
  int[][] found() {
    int[][] found = new int[set.queries().length][];
    for (int i = 0; i < found.length; i++) {
      int[] ids = new int[k];
      found[i] = Arrays.copyOf(ids, peer.search(set.queries()[i], effort, kept, ids));
    }
    return found;
  }

  /**
   * Warms up, then measures several times and returns the median repetition by its throughput. Each
   * thread asks the queries, one at a time and again from the first, until the time is up. The
   * warm-up takes as long as all repetitions, and longer if it comes to fewer queries than it takes
   * until all that they run is compiled, up to {@value #PATIENCE} times as long.
   *
   * @param seconds for all repetitions together
   */
  ResultRow.Speed speed(int threads, double seconds) {
    int warm = 0;
    for (int i = 0; i < PATIENCE && warm < WARM_QUERIES; i++) {
      warm += run(threads, seconds).count();
    }
    List<ResultRow.Speed> speeds = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      speeds.add(run(threads, seconds / REPETITIONS).speed());
    }
    speeds.sort(Comparator.comparingDouble(ResultRow.Speed::qps));
    return speeds.get(REPETITIONS / 2);
  }

  /**
   * Has all queries answered at once, again and again, and returns the median throughput, without
   * latencies.
   */
  ResultRow.Speed batched(BatchPeer batches, double seconds) {
    double[] qps = new double[1 + REPETITIONS];
    for (int i = 0; i < qps.length; i++) {
      long begin = System.nanoTime();
      long nanos;
      int count = 0;
      do {
        batches.searchAll(set.queries(), k, effort);
        count += set.queries().length;
        nanos = System.nanoTime() - begin;
      } while (nanos < (i == 0 ? seconds : seconds / REPETITIONS) * NANOS);
      qps[i] = count * NANOS / nanos;
    }
    Arrays.sort(qps, 1, qps.length);
    return new ResultRow.Speed(qps[1 + REPETITIONS / 2], Double.NaN, Double.NaN);
  }

  /** What one run came to. */
  private record Run(int count, ResultRow.Speed speed) {}

  private Run run(int threads, double seconds) {
    if (threads == 1) {
      return runOf(List.of(ask(0, seconds)));
    }
    CyclicBarrier start = new CyclicBarrier(threads);
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      List<ForkJoinTask<Asked>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * set.queries().length / threads;
        tasks.add(
            pool.submit(
                () -> {
                  start.await();
                  return ask(first, seconds);
                }));
      }
      return runOf(tasks.stream().map(ForkJoinTask::join).toList());
    } finally {
      pool.shutdown();
    }
  }

  /** The times of one thread. */
  private static final class Asked {
    private long[] nanos = new long[MOST_AT_FIRST];
    private int count;
    private long total;

    void add(long time) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = time;
      total += time;
    }
  }

  private Asked ask(int first, double seconds) {
    float[][] queries = set.queries();
    Asked asked = new Asked();
    int[] ids = new int[k];
    int next = first;
    long before = System.nanoTime();
    do {
      peer.search(queries[next], effort, kept, ids);
      long after = System.nanoTime();
      asked.add(after - before);
      before = after;
      next = next + 1 < queries.length ? next + 1 : 0;
    } while (asked.total < seconds * NANOS);
    return asked;
  }

  private static Run runOf(List<Asked> threads) {
    double qps = 0;
    int count = 0;
    long[] nanos = new long[threads.stream().mapToInt(asked -> asked.count).sum()];
    for (Asked asked : threads) {
      qps += asked.count * NANOS / asked.total;
      System.arraycopy(asked.nanos, 0, nanos, count, asked.count);
      count += asked.count;
    }
    Latencies latencies = new Latencies(nanos, count);
    return new Run(count, new ResultRow.Speed(qps, latencies.micros(0.5), latencies.micros(0.99)));
  }
}
