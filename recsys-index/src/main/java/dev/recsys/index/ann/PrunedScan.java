package dev.recsys.index.ann;

/*
 * The algebra. Let the rows of A be p orthonormal axes. Then
 *
 *   q.x = Aq.Ax + (q - A'Aq).(x - A'Ax) <= Aq.Ax + |q - A'Aq| |x - A'Ax|,
 *
 * which is one inner product of q' = (Aq, |q - A'Aq|) and x' = (Ax, |x - A'Ax|), both as long as q
 * and x. For L2, |q - x|^2 = |q|^2 - 2 (q.x - |x|^2 / 2): one more component, M in q' and
 * (c - |x|^2 / 2) / M in x', makes it an inner product too. COSINE is IP of vectors of length one.
 *
 * x' is kept as int8 codes X at the scale s of its group of 256, q' is coded as Q at a scale t; with
 * the errors e = x' - s X and f = q' - t Q,
 *
 *   q'.x' = s t Q.X + f.(s X) + q'.e <= s t Q.X + |f| (|x'| + |e|) + |q'| |e|.
 *
 * So x cannot score a unless Q.X >= (a - |f| (|x'| + |e|) - |q'| |e|) / (s t), an integer threshold
 * for the group once |x'| and |e| are replaced by the greatest of the group.
 *
 * No overflow. Sums are kept in 16 bits. For each segment of 32 components the greatest |X| of any
 * vector is known, and t is the least scale at which |Q| |X| < 2^15 in each: by Cauchy-Schwarz the
 * sum of a segment cannot leave 16 bits (what happens on the way does not matter, two's complement
 * comes back). If there are more segments, each sum is shifted right by as many bits as the total
 * needs by the same inequality, and the threshold is lowered by one for each, which is what the
 * shifts can cut off.
 *
 * Rounding. Lengths, errors and thresholds are in double. Float arithmetic enters twice: a score of
 * d terms is off by at most u d |q| |x| in whatever order it is added up (u = 2^-24), and so is each
 * of the p components of Aq and Ax, which the axes' own rounding adds to. The sum of all this, with
 * something to spare, is taken off the threshold; what the components lose is also added to the
 * length that they leave over. Vectors are held to lengths of zero or 1e-17..1e17, where float
 * products neither overflow nor underflow by more than that; a group with others is scored in full,
 * a query of another length scans everything.
 *
 * Thresholds. All sums of a bucket of groups come first, without any threshold; then the few with
 * the greatest estimates are scored, which gives one that is almost the last; then all that can
 * still reach it. A bucket ends where vectors are a fifth shorter than at its beginning, so that the
 * long ones set the threshold for the short ones, and groups that are too short are not added up.
 * Under a filter, more estimates are taken until the result is full.
 *
 * Sources: FEXIPRO (Li, Chan, Yiu, Mamoulis, SIGMOD 2017) for rotation, integer bounds and the rest
 * by Cauchy-Schwarz; LEMP (Teflioudi, Gemulla, Mykytiuk, SIGMOD 2015) for buckets by length; PDX
 * (Kuffo, Krippner, Boncz, SIGMOD 2025) for the layout; ADSampling (Gao, Long, SIGMOD 2023) for the
 * prefix of a rotation, there with a probable bound.
 *
 * Tried, on one core with 512-bit vectors, 25 components of 100,000 vectors: eight registers of sums
 * at a time 0.45 ns a vector, four 0.55; plain Java 11 to 16, in float 13. All 256 components 5.9
 * ns, so that a second bound of full length between prefix and score is not needed: a longer prefix
 * is the same thing. The left-over length as the greatest of a block instead of a component of each
 * vector lets through more than twice as many. The k-th best of all maxima by a heap took 4 us for
 * 4,000 vectors; of four times k maxima it takes 1. A loop over the lanes of blocks that pass cost
 * 33 ns a block, bits of the mask 7.
 */
/**
 * Finds the rows that can be among the k best without scoring the others, by a bound on every row's
 * score from short integer codes. For one thread at a time.
 */
final class PrunedScan {
  /** Groups whose sums are kept at a time. */
  private static final int MAX_BUCKET = 512;

  private static final int MIN_BUCKET = 8;

  /** A bucket ends where vectors are this much shorter than at its beginning. */
  private static final double SHORTER = 0.8;

  /** By how much the number of guesses grows while a filter leaves the result short. */
  private static final int MORE = 4;

  /** How many times as many parts to take the maxima of as there are guesses wanted. */
  private static final int SPREAD = 4;

  private static final int OUT_OF_REACH = Integer.MIN_VALUE;

  private final Kernels kernels;
  private final CodedQuery query = new CodedQuery();
  private final Greatest greatest = new Greatest();
  private final int[] picked = new int[CodeGroup.SIZE + 1];
  private short[] sums = {};
  private short[] maxima = {};
  private int[] tops = {};

  PrunedScan(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Scores every row that can be among the best.
   *
   * @param scan begun with the query; takes the rows that may not be passed over
   * @return false if nothing was done because no bound holds for the query
   */
  boolean run(float[] vector, Codes codes, int k, Scan scan) {
    if (!query.begin(vector, codes)) {
      return false;
    }
    for (int from = 0; from < codes.groupCount(); ) {
      int to = bucketEnd(codes, from, Math.max(MIN_BUCKET, k / MIN_BUCKET));
      makeRoom(to - from);
      sum(codes, from, to, scan);
      visit(codes, from, to, k, scan);
      from = to;
    }
    return true;
  }

  private static int bucketEnd(Codes codes, int from, int atLeast) {
    int end = Math.min(codes.groupCount(), from + Math.max(MAX_BUCKET, atLeast));
    double shorter = SHORTER * codes.group(from).norm();
    int to = Math.min(end, from + atLeast);
    while (to < end && !(codes.group(to).norm() < shorter)) {
      to++;
    }
    return to;
  }

  private void makeRoom(int groups) {
    if (tops.length < groups) {
      tops = new int[groups];
      sums = new short[groups * CodeGroup.SIZE];
      maxima = new short[groups * Kernels.MAXIMA];
    }
  }

  private void sum(Codes codes, int from, int to, Scan scan) {
    int components = codes.space().components();
    boolean full = scan.full();
    double least = full ? query.least(scan.worst()) : Double.NEGATIVE_INFINITY;
    for (int g = from; g < to; g++) {
      CodeGroup group = codes.group(g);
      int i = g - from;
      tops[i] =
          full && query.outOfReach(group, least)
              ? OUT_OF_REACH
              : kernels.sumCodes(
                  group.codes,
                  query.codes,
                  components,
                  query.shift(),
                  sums,
                  i * CodeGroup.SIZE,
                  maxima,
                  i * Kernels.MAXIMA);
    }
  }

  /** Scores first the k best by their sums, then all that can still beat the worst of these. */
  private void visit(Codes codes, int from, int to, int k, Scan scan) {
    double above = Double.POSITIVE_INFINITY;
    long want = k;
    do {
      double cut = guess(codes, from, to, want);
      visit(codes, from, to, cut, above, scan);
      above = cut;
      want *= MORE;
    } while (!scan.full() && above > Double.NEGATIVE_INFINITY);
    if (above > Double.NEGATIVE_INFINITY) {
      visit(codes, from, to, Double.NEGATIVE_INFINITY, above, scan);
    }
  }

  /**
   * Returns a number that the estimates of at least {@code want} vectors reach, and hardly more:
   * the {@code want}-th greatest of the maxima of some times as many parts of the bucket.
   */
  private double guess(Codes codes, int from, int to, long want) {
    long parts = 1;
    while (parts < Kernels.MAXIMA && parts * (to - from) < SPREAD * want) {
      parts *= 2;
    }
    if (parts * (to - from) < want) {
      return Double.NEGATIVE_INFINITY;
    }
    greatest.begin((int) want);
    for (int g = from; g < to; g++) {
      CodeGroup group = codes.group(g);
      if (tops[g - from] != OUT_OF_REACH && group.norm() < Double.POSITIVE_INFINITY) {
        offerMaxima(g - from, (int) parts, query.unit(group));
      }
    }
    return greatest.least();
  }

  private void offerMaxima(int group, int parts, double unit) {
    if (parts == 1) {
      greatest.offer((float) (tops[group] * unit));
      return;
    }
    int length = Kernels.MAXIMA / parts;
    int end = (group + 1) * Kernels.MAXIMA;
    for (int from = end - Kernels.MAXIMA; from < end; from += length) {
      int max = maxima[from];
      for (int i = from + 1; i < from + length; i++) {
        max = Math.max(max, maxima[i]);
      }
      greatest.offer((float) (max * unit));
    }
  }

  /** Scores the rows whose estimates lie between two numbers, the upper one left out. */
  private void visit(Codes codes, int from, int to, double cut, double above, Scan scan) {
    for (int g = from; g < to; g++) {
      CodeGroup group = codes.group(g);
      int i = g - from;
      int least = sumAt(group, cut);
      if (least <= tops[i] && scan.full()) {
        least = Math.max(least, query.leastSum(group, query.least(scan.worst())));
      }
      if (least <= tops[i]) {
        int below = sumAt(group, above);
        int count = kernels.collect(sums, i * CodeGroup.SIZE, least, below, picked);
        for (int p = 0; p < count; p++) {
          int slot = group.slots[picked[p]];
          if (slot != CodeGroup.FREE) {
            scan.visit(slot);
          }
        }
      }
    }
    scan.flush();
  }

  /** Returns the least sum whose estimate reaches a number. */
  private int sumAt(CodeGroup group, double estimate) {
    if (group.norm() == Double.POSITIVE_INFINITY) {
      // no estimate says anything here: all of the group at the first visit, nothing later
      return estimate == Double.POSITIVE_INFINITY ? Integer.MAX_VALUE : Short.MIN_VALUE;
    }
    return CodedQuery.toSum(estimate / query.unit(group));
  }
}
