package dev.recsys.index.ann;

import java.util.Objects;

/**
 * The ids and scores that one search found, nearest first. Immutable. Scores are raw: the inner
 * product, the cosine in [-1, 1], or the squared Euclidean distance.
 */
public final class SearchResult {
  private final long[] ids;
  private final float[] scores;
  private final int size;
  private final int visited;
  private final Method method;

  /** How the vectors that a search compares are come by. */
  public enum Method {
    /** Every accepted vector is compared, or shown by a bound to be no nearer: exact. */
    SCAN,
    /** Links, cells or codes of a graph tell which vectors are worth comparing: approximate. */
    GRAPH
  }

  /** Keeps the arrays; entries from {@code size} on are not part of the result. */
  SearchResult(long[] ids, float[] scores, int size, int visited, Method method) {
    this.ids = ids;
    this.scores = scores;
    this.size = size;
    this.visited = visited;
    this.method = method;
  }

  /** Returns how many vectors were found. */
  public int size() {
    return size;
  }

  /**
   * Returns the id at a rank, 0 being the nearest.
   *
   * @throws IndexOutOfBoundsException if the rank is negative or not below {@link #size}
   */
  public long id(int rank) {
    return ids[Objects.checkIndex(rank, size)];
  }

  /**
   * Returns the score at a rank, 0 being the nearest.
   *
   * @throws IndexOutOfBoundsException if the rank is negative or not below {@link #size}
   */
  public float score(int rank) {
    return scores[Objects.checkIndex(rank, size)];
  }

  /**
   * Returns how many comparisons of a vector with the query it took; a walk through a graph may
   * come by a vector more than once.
   */
  public int visited() {
    return visited;
  }

  /** Returns how it was found; a graph scans where a walk would be more work. */
  public Method method() {
    return method;
  }
}
