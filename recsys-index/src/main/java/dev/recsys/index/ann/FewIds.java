package dev.recsys.index.ann;

import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a filter keeps so few rows that looking these up costs less than a scan that asks for
 * ids. Costs are in nanoseconds, measured on one core over 100,000 and 4,000 rows of 256
 * dimensions; near the point where both cost the same a wrong choice costs little.
 */
final class FewIds {
  /** Finding the slot of an id and the first line of its row. */
  private static final double LOOKUP = 30;

  /** Asking a filter for the id of a row that a bound lets through, or that is next in a scan. */
  private static final double ASK = 30;

  private static final double ASK_IN_ORDER = 3;

  /** How many times as many rows as would be enough pass the bounds. */
  private static final double PASSING = 4;

  private FewIds() {}

  /**
   * Returns the filter if it is a set of few ids, otherwise null.
   *
   * @param rows how many there are
   * @param codes what a scan would go through; null for the rows themselves
   * @param codeCost what a component of a code costs
   */
  static @Nullable IdSet of(
      @Nullable LongPredicate filter, int k, Rows rows, @Nullable Codes codes, double codeCost) {
    if (!(filter instanceof IdSet ids)) {
      return null;
    }
    double size = rows.size();
    double score = SpaceChoice.fullScore(rows.dimension());
    double kept = Math.min(size, ids.size());
    double scan;
    if (codes == null) {
      scan = size * ASK_IN_ORDER + kept * score;
    } else {
      double asked = Math.min(size, PASSING * k * size / Math.max(1, kept));
      double scored = Math.min(kept, PASSING * k);
      scan = size * codes.space().components() * codeCost + asked * ASK + scored * score;
    }
    return ids.size() * LOOKUP + kept * score <= scan ? ids : null;
  }
}
