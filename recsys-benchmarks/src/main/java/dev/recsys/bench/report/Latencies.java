package dev.recsys.bench.report;

import java.util.Arrays;

/** How long each of some queries took, in nanoseconds. Immutable. */
final class Latencies {
  private static final double NANOS_PER_MICRO = 1_000;

  private final long[] sorted;

  /** Copies the first {@code count} of the times. */
  Latencies(long[] nanos, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least one latency, got " + count);
    }
    sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
  }

  /**
   * Returns the smallest latency that so many of the queries kept to (nearest rank), in
   * microseconds.
   *
   * @param share of the queries, above 0 and up to 1
   */
  double micros(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in (0, 1], got " + share);
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MICRO;
  }
}
