package dev.recsys.index.ann;

/**
 * The sums of a bucket of groups for one query, and what they say about scores: in flat arrays, so
 * that what goes through all groups again and again does not go back to these. Reused from bucket
 * to bucket by one thread at a time.
 */
final class BucketSums {
  private static final int OUT_OF_REACH = Integer.MIN_VALUE;

  private final Kernels kernels;
  private short[] sums = {};
  private short[] maxima = {};
  private int[] tops = {};
  private double[] units = {};
  private double[] inverses = {};
  private double[] margins = {};
  private double[] uppers = {};

  BucketSums(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Makes room for so many groups. */
  void begin(int groups) {
    if (tops.length < groups) {
      sums = new short[groups * CodeGroup.SIZE];
      maxima = new short[groups * Kernels.MAXIMA];
      tops = new int[groups];
      units = new double[groups];
      inverses = new double[groups];
      margins = new double[groups];
      uppers = new double[groups];
    }
  }

  /** Leaves out a group that cannot reach the result. */
  void leaveOut(int i) {
    tops[i] = OUT_OF_REACH;
    uppers[i] = Double.NEGATIVE_INFINITY;
  }

  /** Adds up the codes of a group as the i-th. */
  void add(int i, CodeGroup group, CodedQuery query, int components) {
    tops[i] =
        kernels.sumCodes(
            group.codes,
            query.codes,
            components,
            query.shift(),
            sums,
            i * CodeGroup.SIZE,
            maxima,
            i * Kernels.MAXIMA);
    units[i] = query.unit(group);
    inverses[i] = 1 / units[i];
    margins[i] = query.margin(group);
    uppers[i] = (tops[i] + query.slack()) * units[i] + margins[i];
  }

  /** Offers the greatest estimates of each of so many parts of a group. */
  void offer(int i, int parts, Greatest greatest) {
    if (tops[i] == OUT_OF_REACH || units[i] == Double.POSITIVE_INFINITY) {
      return;
    }
    if (parts == 1) {
      greatest.offer((float) (tops[i] * units[i]));
      return;
    }
    int length = Kernels.MAXIMA / parts;
    int end = (i + 1) * Kernels.MAXIMA;
    for (int from = end - Kernels.MAXIMA; from < end; from += length) {
      int max = maxima[from];
      for (int at = from + 1; at < from + length; at++) {
        max = Math.max(max, maxima[at]);
      }
      greatest.offer((float) (max * units[i]));
    }
  }

  /** Returns whether no sum of a group reaches an inner product in the space of the codes. */
  boolean below(int i, double least) {
    return uppers[i] < least;
  }

  /** Returns the greatest sum of a group. */
  int top(int i) {
    return tops[i];
  }

  /** Returns the least sum whose estimate reaches a number. */
  int sumAt(int i, double estimate) {
    if (inverses[i] == 0) {
      // no estimate says anything here: all of the group at the first visit, nothing later
      return estimate == Double.POSITIVE_INFINITY ? Integer.MAX_VALUE : Short.MIN_VALUE;
    }
    return toSum(estimate * inverses[i]);
  }

  /**
   * Returns the least sum that a vector of the group can have whose inner product with the query
   * reaches a number; possibly beyond 16 bits, on either side.
   *
   * @param slack what shifts can have cut off
   */
  int leastSum(int i, double least, int slack) {
    double sum = (least - margins[i]) * inverses[i] - slack;
    return Double.isNaN(sum) ? Short.MIN_VALUE : toSum(sum);
  }

  /** Returns a real number of sums as the next whole one, held to what an int can count on with. */
  private static int toSum(double sum) {
    return (int) Math.ceil(Math.max(-40_000, Math.min(40_000, sum)));
  }

  /** Writes which sums of a group lie in {@code from..below - 1}, and returns how many. */
  int collect(int i, int from, int below, int[] out) {
    return kernels.collect(sums, i * CodeGroup.SIZE, from, below, out);
  }
}
