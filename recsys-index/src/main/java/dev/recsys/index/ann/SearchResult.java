package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
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

  /**
   * Returns the nearest of what two searches for one query have found in two indexes that share no
   * id.
   *
   * @param k how many at most
   * @param metric how both compare
   */
  public static SearchResult nearest(SearchResult a, SearchResult b, int k, MetricType metric) {
    int size = Math.min(k, a.size + b.size);
    long[] ids = new long[size];
    float[] scores = new float[size];
    int fromA = 0;
    for (int i = 0; i < size; i++) {
      int fromB = i - fromA;
      boolean first = fromB == b.size || (fromA < a.size && a.before(fromA, b, fromB, metric));
      ids[i] = first ? a.ids[fromA] : b.ids[fromB];
      scores[i] = first ? a.scores[fromA] : b.scores[fromB];
      fromA += first ? 1 : 0;
    }
    boolean scanned = a.method == Method.SCAN && b.method == Method.SCAN;
    Method method = scanned ? Method.SCAN : Method.GRAPH;
    return new SearchResult(ids, scores, size, a.visited + b.visited, method);
  }

  private boolean before(int rank, SearchResult other, int otherRank, MetricType metric) {
    int order = Float.compare(scores[rank], other.scores[otherRank]);
    if (order == 0) {
      return ids[rank] < other.ids[otherRank];
    }
    return metric.largerIsNearer() == order > 0;
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
