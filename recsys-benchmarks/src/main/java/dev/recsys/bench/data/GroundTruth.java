package dev.recsys.bench.data;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The right answers to the queries of a set: for each the nearest vectors, found by comparing all
 * of them in double, nearest first, equal ones by ascending id. Immutable.
 */
public final class GroundTruth {
  /** By how much of itself a nearness may differ from the last right one's, for rounding. */
  private static final double TIE = 1e-6;

  private final VectorSet set;
  private final int[][] nearest;

  private GroundTruth(VectorSet set, int[][] nearest) {
    this.set = set;
    this.nearest = nearest;
  }

  /**
   * Compares every query with every vector that is kept, on all cores.
   *
   * @param k how many to find, at least 1
   * @param kept which vectors may be found; null for all
   */
  public static GroundTruth compute(VectorSet set, int k, @Nullable KeptIds kept) {
    int[][] nearest = new int[set.queries().length][];
    IntStream.range(0, nearest.length)
        .parallel()
        .forEach(i -> nearest[i] = nearest(set, set.queries()[i], k, kept));
    return new GroundTruth(set, nearest);
  }

  /**
   * Takes answers that were computed before.
   *
   * @param rows ids for each query, at least {@code k} in a row
   * @throws IllegalArgumentException if there are fewer rows than queries, if they are shorter, or
   *     if an id is not one of the set's
   */
  public static GroundTruth of(VectorSet set, int[][] rows, int k) {
    int queries = set.queries().length;
    int found = rows.length == 0 ? 0 : rows[0].length;
    if (rows.length < queries || found < k) {
      throw new IllegalArgumentException(
          ("ground truth of " + set.name() + " must have at least " + queries + " rows of " + k)
              + (" ids, got " + rows.length + " of " + found));
    }
    int[][] nearest = new int[queries][];
    for (int i = 0; i < queries; i++) {
      nearest[i] = Arrays.copyOf(rows[i], k);
      for (int id : nearest[i]) {
        if (id < 0 || id >= set.size()) {
          throw new IllegalArgumentException(
              ("ground truth of " + set.name() + ", row " + i + ": ids must be in [0, ")
                  + (set.size() - 1 + "], got " + id));
        }
      }
    }
    return new GroundTruth(set, nearest);
  }

  private record Candidate(int id, double nearness) implements Comparable<Candidate> {
    /** The worst comes first. */
    @Override
    public int compareTo(Candidate other) {
      int byNearness = Double.compare(nearness, other.nearness);
      return byNearness != 0 ? byNearness : Integer.compare(other.id, id);
    }
  }

  private static int[] nearest(VectorSet set, float[] query, int k, @Nullable KeptIds kept) {
    PriorityQueue<Candidate> best = new PriorityQueue<>();
    for (int id = 0; id < set.size(); id++) {
      if (kept == null || kept.contains(id)) {
        double nearness = set.nearness(query, set.base()[id]);
        if (best.size() < k) {
          best.add(new Candidate(id, nearness));
        } else if (nearness > best.element().nearness) {
          best.remove();
          best.add(new Candidate(id, nearness));
        }
      }
    }
    int[] ids = new int[best.size()];
    for (int i = ids.length - 1; i >= 0; i--) {
      ids[i] = best.remove().id;
    }
    return ids;
  }

  /** Returns the ids for each query, nearest first. Not to be changed. */
  public int[][] nearest() {
    return nearest;
  }

  /**
   * Returns which part of the right answers was found. An id counts if its vector is as near as the
   * last right one, be it this one or another as near, and if it was not found twice.
   *
   * @param found ids for each query
   */
  public double recall(int[][] found) {
    long right = 0;
    long wanted = 0;
    for (int i = 0; i < nearest.length; i++) {
      right += right(set.queries()[i], found[i], nearest[i]);
      wanted += nearest[i].length;
    }
    return (double) right / wanted;
  }

  private long right(float[] query, int[] found, int[] expected) {
    double last = set.nearness(query, set.base()[expected[expected.length - 1]]);
    double enough = last - TIE * Math.abs(last);
    return Math.min(
        expected.length,
        IntStream.of(found)
            .distinct()
            .filter(id -> set.nearness(query, set.base()[id]) >= enough)
            .count());
  }
}
