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

  /** Keeps the arrays; entries from {@code size} on are not part of the result. */
  SearchResult(long[] ids, float[] scores, int size, int visited) {
    this.ids = ids;
    this.scores = scores;
    this.size = size;
    this.visited = visited;
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
}
