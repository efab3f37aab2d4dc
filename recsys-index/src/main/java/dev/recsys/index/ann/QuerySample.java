package dev.recsys.index.ann;

import java.util.ArrayList;
import java.util.List;

/**
 * Some of the latest queries, and what such searches cost: a moving average, and the sum since it
 * was last settled. Allocates once. Safe for many threads.
 */
final class QuerySample {
  private static final int MOST = 32;
  private static final int LEAST = 16;
  private static final int MAX_FLOATS = 1 << 18;

  /** The weight of one search in the average is one in so many. */
  private static final double MEMORY = 16;

  private final int dimension;
  private final int[] counts;
  private float[] vectors = {};
  private long taken;
  private double average;
  private double spent;

  /** A query, and how many results it asked for. */
  static final class Query {
    final float[] vector;
    final int k;

    Query(float[] vector, int k) {
      this.vector = vector;
      this.k = k;
    }
  }

  QuerySample(int dimension) {
    this.dimension = dimension;
    this.counts = new int[Math.max(LEAST, Math.min(MOST, MAX_FLOATS / dimension))];
  }

  /**
   * Takes a query in the place of the oldest.
   *
   * @param k how many results it asked for
   * @param cost what its search took, in nanoseconds
   */
  synchronized void take(float[] query, int k, double cost) {
    if (vectors.length == 0) {
      vectors = new float[counts.length * dimension];
    }
    int at = (int) (taken++ % counts.length);
    counts[at] = k;
    System.arraycopy(query, 0, vectors, at * dimension, dimension);
    average += (cost - average) / Math.min((double) taken, MEMORY);
    spent += cost;
  }

  /** Returns whether there are as many queries as are kept. */
  synchronized boolean full() {
    return taken >= counts.length;
  }

  /** Returns about what a search takes now, in nanoseconds. */
  synchronized double average() {
    return average;
  }

  /** Returns what the searches that were taken took together since {@link #settle}. */
  synchronized double spent() {
    return spent;
  }

  /** Starts a new sum and a new average; queries are kept. */
  synchronized void settle() {
    spent = 0;
    average = 0;
    taken = Math.min(taken, counts.length);
  }

  /** Returns copies of the queries. */
  synchronized List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < Math.min(taken, counts.length); i++) {
      float[] vector = new float[dimension];
      System.arraycopy(vectors, i * dimension, vector, 0, dimension);
      queries.add(new Query(vector, counts[i]));
    }
    return queries;
  }
}
