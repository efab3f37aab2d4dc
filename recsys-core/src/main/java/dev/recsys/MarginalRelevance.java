package dev.recsys;

import dev.recsys.index.ann.InnerProducts;
import java.util.Arrays;
import java.util.List;

/**
 * Orders items so that each suits and is unlike those before it: the next one is that of greatest
 * {@code (1 - diversity) * relevance - diversity * similarity}. Relevance is the score, moved and
 * scaled to [0, 1]; similarity is the greatest cosine with an item that has been chosen.
 *
 * <p>Source: Jaime Carbonell and Jade Goldstein, The Use of MMR, Diversity-Based Reranking for
 * Reordering Documents and Producing Summaries, SIGIR 1998.
 */
final class MarginalRelevance {
  private MarginalRelevance() {}

  /**
   * Returns the places of the chosen items, in their order.
   *
   * @param scores descending
   * @param vectors of the items
   * @param count how many are chosen, at most all
   * @param diversity in [0, 1]
   */
  static int[] order(double[] scores, List<float[]> vectors, int count, double diversity) {
    double[] relevance = scaled(scores);
    double[] lengths =
        vectors.stream().mapToDouble(v -> Math.sqrt(InnerProducts.of(v, v))).toArray();
    double[] nearest = new double[scores.length];
    Arrays.fill(nearest, Double.NEGATIVE_INFINITY);
    boolean[] chosen = new boolean[scores.length];
    int[] order = new int[count];
    for (int place = 0; place < count; place++) {
      // the first has nothing before it that it could be like
      double share = place == 0 ? 0 : diversity;
      int next = best(relevance, nearest, chosen, share);
      order[place] = next;
      chosen[next] = true;
      for (int i = 0; i < nearest.length; i++) {
        double lengthsOfBoth = lengths[i] * lengths[next];
        double inner = InnerProducts.of(vectors.get(i), vectors.get(next));
        nearest[i] = Math.max(nearest[i], lengthsOfBoth > 0 ? inner / lengthsOfBoth : 0);
      }
    }
    return order;
  }

  private static int best(
      double[] relevance, double[] nearest, boolean[] chosen, double diversity) {
    int best = -1;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < relevance.length; i++) {
      double value =
          diversity == 0 ? relevance[i] : (1 - diversity) * relevance[i] - diversity * nearest[i];
      if (!chosen[i] && (best < 0 || value > greatest)) {
        best = i;
        greatest = value;
      }
    }
    return best;
  }

  private static double[] scaled(double[] scores) {
    double most = Arrays.stream(scores).max().orElse(0);
    double least = Arrays.stream(scores).min().orElse(0);
    double range = most > least ? most - least : 1;
    return Arrays.stream(scores).map(score -> (score - least) / range).toArray();
  }
}
