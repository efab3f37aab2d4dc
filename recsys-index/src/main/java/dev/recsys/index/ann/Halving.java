package dev.recsys.index.ann;

/**
 * Finds a number that hardly more of many estimates reach than are wanted: to count them, some
 * times over, takes less than to order them.
 */
final class Halving {
  /** One in so many may be found besides those that are wanted. */
  private static final int SLACK = 16;

  /** So often is a range halved at most, and was widened before. */
  private static final int MOST = 16;

  /** The estimates. */
  interface Estimates {
    /** Returns how many are no less than a number. */
    int reaching(double least);
  }

  private Halving() {}

  /**
   * Returns such a number; negative infinity where there are not so many.
   *
   * @param besides how many there are that reach {@code high}, and are not wanted
   * @param high where to begin
   * @param step how far below to look first; twice as far until there are enough
   */
  static double least(Estimates estimates, int wanted, int besides, double high, double step) {
    double above = high;
    double least = high - step;
    int reached = estimates.reaching(least) - besides;
    for (int i = 1; reached < wanted; i++) {
      if (i > MOST) {
        return Double.NEGATIVE_INFINITY;
      }
      above = least;
      least = high - step * (1 << i);
      reached = estimates.reaching(least) - besides;
    }
    int most = wanted + wanted / SLACK;
    for (int i = 0; reached > most && i < MOST; i++) {
      double middle = least + (above - least) / 2;
      int some = estimates.reaching(middle) - besides;
      if (some < wanted) {
        above = middle;
      } else {
        least = middle;
        reached = some;
      }
    }
    return least;
  }
}
