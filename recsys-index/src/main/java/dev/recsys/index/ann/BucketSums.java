package dev.recsys.index.ann;

/**
 * The sums of a bucket of groups for one query, and what they say about scores: in flat arrays, so
 * that what goes through all groups again and again does not go back to these. Reused from bucket
 * to bucket by one thread at a time.
 */
final class BucketSums {
  private static final int OUT_OF_REACH = Integer.MIN_VALUE;

  /** Up to so many the greatest maxima are counted, beyond it the sums of a sample. */
  private static final int MAX_HEAP = 256;

  private static final int SAMPLED = 16;

  private static final int MIN_STEP = 61;

  /** Makes it likely that a sample's cut lets through as many as are wanted. */
  private static final double SAMPLE_SPARE = 1.2;

  private final Kernels kernels;
  private final Greatest greatest = new Greatest();
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

  /**
   * Adds up the codes of a group as the i-th, as far as it takes to see whether it can reach the
   * result.
   *
   * @param least an inner product in the space of the codes, negative infinity for no limit
   */
  void add(int i, CodeGroup group, CodedQuery query, double least) {
    int top =
        kernels.sumCodes(
            group.codes,
            query.codes(group, least),
            sums,
            i * CodeGroup.SIZE,
            maxima,
            i * Kernels.MAXIMA);
    if (top == Kernels.LEFT_OUT) {
      leaveOut(i);
      return;
    }
    tops[i] = top;
    units[i] = query.unit(group);
    inverses[i] = 1 / units[i];
    margins[i] = query.margin(group);
    uppers[i] = (tops[i] + query.slack()) * units[i] + margins[i];
  }

  /**
   * Returns a number that the estimates of about {@code want} vectors or more reach; of all of them
   * if there may be fewer.
   */
  double cut(int groups, double want) {
    if (want > (double) groups * CodeGroup.SIZE / 2) {
      return Double.NEGATIVE_INFINITY;
    }
    float cut = want <= MAX_HEAP ? cutOfMaxima(groups, (int) want) : cutOfSample(groups, want);
    // as a float it may be rounded up, above the very sum that it stands for
    return Math.nextDown(cut);
  }

  /**
   * The {@code want}-th greatest of the maxima of about as many parts of the groups, or of these.
   */
  private float cutOfMaxima(int groups, int want) {
    int parts = 1;
    while (parts < Kernels.MAXIMA && parts * groups < want) {
      parts *= 2;
    }
    greatest.begin(want);
    for (int i = 0; i < groups; i++) {
      if (estimated(i)) {
        offer(i, parts);
      }
    }
    return greatest.least();
  }

  private boolean estimated(int i) {
    return tops[i] != OUT_OF_REACH && units[i] != Double.POSITIVE_INFINITY;
  }

  private void offer(int i, int parts) {
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

  /** The last of a few of the greatest of a sample, which is no denser than that takes. */
  private float cutOfSample(int groups, double want) {
    double rank = want * SAMPLE_SPARE;
    // odd, so that it meets all positions of a group
    int step = Math.max(MIN_STEP, (int) (rank / SAMPLED) | 1);
    greatest.begin((int) Math.ceil(rank / step));
    for (int at = step / 2; at < groups * CodeGroup.SIZE; at += step) {
      int i = at / CodeGroup.SIZE;
      if (estimated(i)) {
        greatest.offer((float) (sums[at] * units[i]));
      }
    }
    return greatest.least();
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
    return CodedQuery.toSum(estimate * inverses[i]);
  }

  /**
   * Returns the least sum that a vector of the group can have whose inner product with the query
   * reaches a number; possibly beyond 16 bits, on either side.
   *
   * @param slack what shifts can have cut off
   */
  int leastSum(int i, double least, int slack) {
    return CodedQuery.toSum((least - margins[i]) * inverses[i] - slack);
  }

  /**
   * Writes which sums of a group lie in {@code from..below - 1}, as their places in the bucket.
   *
   * @param at where to begin
   * @return where it ends
   */
  int collect(int i, int from, int below, int[] out, int at) {
    int first = i * CodeGroup.SIZE;
    return kernels.collect(sums, first, from, below, out, at, first);
  }
}
