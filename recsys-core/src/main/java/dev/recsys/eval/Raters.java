package dev.recsys.eval;

import dev.recsys.data.Ratings;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Who rated which item in the training data: what is novel, and what is alike. */
final class Raters {
  private static final BitSet NOBODY = new BitSet();

  private final Map<Long, BitSet> byItem = new HashMap<>();
  private final int users;

  Raters(Ratings train) {
    Map<Long, Integer> rows = new HashMap<>();
    for (int i = 0; i < train.size(); i++) {
      Integer row = rows.computeIfAbsent(train.user(i), user -> rows.size());
      byItem.computeIfAbsent(train.item(i), item -> new BitSet()).set(row);
    }
    users = rows.size();
  }

  /**
   * Returns the mean over the items of log2((n + 1) / (r + 1)), where r of n users rated the item:
   * from 0 for what everybody knows to log2(n + 1) for what nobody does. 0 for no items.
   *
   * <p>Source: Tao Zhou et al., Solving the apparent diversity-accuracy dilemma of recommender
   * systems, PNAS 107 (10), 2010, with 1 added to both counts, so that unrated items have a value.
   */
  double novelty(long[] items) {
    double sum = 0;
    for (long item : items) {
      sum += Math.log((users + 1.0) / (raters(item).cardinality() + 1.0));
    }
    return items.length == 0 ? 0 : sum / items.length / Math.log(2);
  }

  /**
   * Returns the mean over all pairs of distinct items of 1 - cosine of their sets of raters, in [0,
   * 1]; an item that nobody rated is like no other. 0 for fewer than two items.
   *
   * <p>Source: Cai-Nicolas Ziegler et al., Improving recommendation lists through topic
   * diversification, WWW 2005, section 3.3, as the mean of distances.
   */
  double diversity(long[] items) {
    double sum = 0;
    for (int i = 1; i < items.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += 1 - cosine(raters(items[i]), raters(items[j]));
      }
    }
    return items.length < 2 ? 0 : sum / (items.length * (items.length - 1) / 2.0);
  }

  private static double cosine(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    double norms = Math.sqrt((double) a.cardinality() * b.cardinality());
    return norms == 0 ? 0 : both.cardinality() / norms;
  }

  private BitSet raters(long item) {
    return byItem.getOrDefault(item, NOBODY);
  }
}
