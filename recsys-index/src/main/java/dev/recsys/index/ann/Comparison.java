package dev.recsys.index.ann;

import java.util.List;

/**
 * What an exact index and a graph of the same vectors take for the same queries, in nanoseconds on
 * average, where the graph finds enough.
 *
 * @param exactCost what the exact index takes
 * @param graphCost what the graph takes; infinite if it finds too little or takes longer
 * @param ef how many candidates the graph kept for that
 */
record Comparison(double exactCost, double graphCost, int ef) {
  /** What part of the exact neighbours a graph must find. */
  static final double RECALL = 0.99;

  private static final int[] EFS = {32, 48, 64, 96, 128, 192, 256, 384, 512};

  /** Times are the best of so many rounds, since others disturb. */
  private static final int ROUNDS = 3;

  /** What a search counts as. */
  interface Cost {
    /** Returns the cost of a search that gave a result after so many nanoseconds. */
    double of(SearchResult result, long nanos);
  }

  /**
   * Compares, raising {@code ef} until the graph finds enough.
   *
   * @param lock keeps writers away from one pair of searches at a time
   */
  static Comparison of(
      ExactIndex exact, HnswIndex graph, List<QuerySample.Query> queries, Cost cost, Object lock) {
    double exactCost = Double.POSITIVE_INFINITY;
    for (int ef : EFS) {
      Level level = new Level(ef);
      for (QuerySample.Query query : queries) {
        level.measure(exact, graph, query, cost, lock);
      }
      exactCost = Math.min(exactCost, level.exactCost / queries.size());
      double graphCost = level.graphCost / queries.size();
      if (graphCost >= exactCost) {
        break;
      }
      if (level.found >= RECALL * level.wanted) {
        return new Comparison(exactCost, graphCost, ef);
      }
    }
    return new Comparison(exactCost, Double.POSITIVE_INFINITY, EFS[EFS.length - 1]);
  }

  /** Returns the candidates to keep for {@code k} results. */
  static int candidates(int ef, int k) {
    return (int) Math.max(ef, Math.min(2L * k, 1 << 30));
  }

  /** The sums over all queries at one number of candidates. */
  private static final class Level {
    final int ef;
    double exactCost;
    double graphCost;
    long found;
    long wanted;

    Level(int ef) {
      this.ef = ef;
    }

    void measure(
        ExactIndex exact, HnswIndex graph, QuerySample.Query query, Cost cost, Object lock) {
      double bestExact = Double.POSITIVE_INFINITY;
      double bestGraph = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        synchronized (lock) {
          long start = System.nanoTime();
          SearchResult expected = exact.search(query.vector, query.k, 0, null);
          long between = System.nanoTime();
          SearchResult actual = graph.search(query.vector, query.k, candidates(ef, query.k), null);
          bestGraph = Math.min(bestGraph, cost.of(actual, System.nanoTime() - between));
          bestExact = Math.min(bestExact, cost.of(expected, between - start));
          if (round == 0) {
            wanted += expected.size();
            found += common(expected, actual);
          }
        }
      }
      exactCost += bestExact;
      graphCost += bestGraph;
    }
  }

  private static int common(SearchResult expected, SearchResult actual) {
    LongIntMap ids = new LongIntMap(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      ids.put(expected.id(i), i);
    }
    int common = 0;
    for (int i = 0; i < actual.size(); i++) {
      common += ids.get(actual.id(i)) == LongIntMap.ABSENT ? 0 : 1;
    }
    return common;
  }
}
