package dev.recsys.eval;

/**
 * Metrics of one user's ranking. An item is relevant or not (binary relevance); {@code hits[r]}
 * tells whether the item at rank r, from 0, is relevant; {@code relevant} is how many relevant
 * items there are in all, ranked or not, at least 1. A ranking shorter than k misses the rest. All
 * results are in [0, 1].
 */
final class RankingMetrics {
  private RankingMetrics() {}

  /**
   * Returns the normalised discounted cumulative gain at k: the sum of 1 / log2(r + 2) over the
   * hits, divided by that of an ideal ranking, whose first min(k, relevant) items are hits.
   *
   * <p>Source: Kalervo Jarvelin and Jaana Kekalainen, Cumulated gain-based evaluation of IR
   * techniques, ACM TOIS 20 (4), 2002.
   */
  static double ndcg(boolean[] hits, int relevant, int k) {
    check(relevant, k);
    double gain = 0;
    for (int r = 0; r < Math.min(k, hits.length); r++) {
      gain += hits[r] ? discount(r) : 0;
    }
    double ideal = 0;
    for (int r = 0; r < Math.min(k, relevant); r++) {
      ideal += discount(r);
    }
    return gain / ideal;
  }

  /** Returns 1 when one of the first k is relevant, else 0. */
  static double hitRate(boolean[] hits, int k) {
    return count(hits, k) > 0 ? 1 : 0;
  }

  /**
   * Returns the share of the relevant items that is among the first k. It cannot reach 1 when more
   * than k are relevant.
   */
  static double recall(boolean[] hits, int relevant, int k) {
    check(relevant, k);
    return (double) count(hits, k) / relevant;
  }

  /** Returns the share of k that is relevant. It cannot reach 1 when fewer than k are relevant. */
  static double precision(boolean[] hits, int k) {
    return (double) count(hits, k) / k;
  }

  /**
   * Returns 1 / (r + 1) for the first hit's rank r, 0 when there is none among the first k.
   *
   * <p>Source: Ellen Voorhees, The TREC-8 question answering track report, 1999.
   */
  static double reciprocalRank(boolean[] hits, int k) {
    for (int r = 0; r < Math.min(k, hits.length); r++) {
      if (hits[r]) {
        return 1.0 / (r + 1);
      }
    }
    return 0;
  }

  /**
   * Returns the sum, over the hits among the first k, of the precision down to each, divided by
   * {@code relevant}. It cannot reach 1 when more than k are relevant.
   *
   * <p>Source: Chris Buckley and Ellen Voorhees, Evaluating evaluation measure stability, SIGIR
   * 2000; cut at k as {@code map_cut} of trec_eval.
   */
  static double averagePrecision(boolean[] hits, int relevant, int k) {
    check(relevant, k);
    double sum = 0;
    int found = 0;
    for (int r = 0; r < Math.min(k, hits.length); r++) {
      if (hits[r]) {
        sum += (double) ++found / (r + 1);
      }
    }
    return sum / relevant;
  }

  private static int count(boolean[] hits, int k) {
    int count = 0;
    for (int r = 0; r < Math.min(k, hits.length); r++) {
      count += hits[r] ? 1 : 0;
    }
    return count;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 2);
  }

  private static void check(int relevant, int k) {
    if (relevant < 1 || k < 1) {
      throw new IllegalArgumentException(
          "relevant and k must be at least 1, not " + relevant + " and " + k);
    }
  }
}
