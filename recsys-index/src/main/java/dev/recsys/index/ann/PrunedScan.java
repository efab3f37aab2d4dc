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
 * comes back). Segments with less of the query are coded at t / 2, t / 4, ... t / 16 where that
 * holds, and their sums shifted right. If there are more segments, each sum is shifted by as many
 * bits more as the total needs by the same inequality, and the threshold is lowered by one for
 * each, which is what the shifts can cut off.
 *
 * Early ends. Queries that have most of their length in some components (as users do of whom little
 * is known) are added up in the order of their segments' lengths. After each, no vector can get
 * more from those left than |q'| of these times the greatest |x'| of the group; once that is too
 * little for all, the group is left out.
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
 *
 * Filters. A set of few ids is looked up row by row instead, see FewIds. Others are asked only for
 * rows that pass a bound. The first threshold has to come from rows that are accepted: of how many
 * one is, a set tells by its size, and a predicate when it is asked for up to 512 rows from all
 * over; the cut that so many estimates reach comes from a sample of the sums where they are many.
 * If the result is still short, more estimates are taken.
 *
 * Sources: FEXIPRO (Li, Chan, Yiu, Mamoulis, SIGMOD 2017) for rotation, integer bounds and the rest
 * by Cauchy-Schwarz; LEMP (Teflioudi, Gemulla, Mykytiuk, SIGMOD 2015) for buckets by length; PDX
 * (Kuffo, Krippner, Boncz, SIGMOD 2025) for the layout; ADSampling (Gao, Long, SIGMOD 2023) for the
 * prefix of a rotation, there with a probable bound.
 *
 * Tried, on one core with 512-bit vectors, 25 components of 100,000 vectors: eight registers of
 * sums at a time 0.45 ns a vector, four 0.55; plain Java 11 to 16, in float 13. All 256 components
 * 6.3 ns, so that a second bound of full length between prefix and score is not needed: a longer
 * prefix is the same thing, if read in the order of memory (see SimdCodes): taking the greatest
 * components of the query first, to leave groups out half-way, reads five times slower. The
 * left-over length as the greatest of a block instead of a component of each vector lets through
 * more than twice as many. The k-th best of all maxima by a heap took 4 us for 4,000 vectors, of
 * four times k maxima 2, of hardly more than k 0.2 for no more rows scored. A loop over the lanes
 * of blocks that pass cost 33 ns a block, bits of the mask 7.
 *
 * What is asked of every group at every visit lies in flat arrays, and rows are gathered before
 * they are looked up: 5.9 instead of 8.2 us for 4,000 vectors, and on 100,000 a quarter less for
 * all but the sums. Reading a float of each line of 16 rows ahead of their scores, and huge pages,
 * gained nothing.
 *
 * Early ends on 3,883 vectors of 200 components as a model ranks by, where the best of 256 long ones
 * set the threshold first: 2.7 instead of 9.4 us for users of whom only attributes are known, 3.9
 * instead of 6.8 for those with ratings; all of it was added up of 8 groups before, and 190 and 65
 * rows scored instead of 12 and 14. With a query that is as long in all segments, the order of
 * lengths and looking after each cost 20 % of the sums, so that they are left as they lie.
 *
 * Groups of near vectors instead of vectors of like length: bounds on the 625 cells that a graph
 * makes of 100,000 leave 58 % of the vectors as balls and 97 % as boxes, even if all but 29
 * components were known, so that groups were left in the order of lengths.
 *
 * Filters at random on 100,000 vectors of 25 components, where no filter costs 103 to 120 us:
 * predicates that keep 50 and 10 % cost 101 to 121, 1 % 158 to 195 and 0.1 % 355. A set of 1 %
 * looked up again and again costs 48 us.
 *
 * Eight queries over the same codes while they are in cache gain 1.05 to 1.1 on 100,000 vectors of
 * 25 components and nothing on 4,000: sums are bound by arithmetic, not by memory. Two cores take
 * 119 instead of 130 us there, since a thread has to wake up, and 0.5 instead of 0.8 ms with 256
 * components.
 */
/**
 * Finds the rows that can be among the k best without scoring the others, by a bound on every row's
 * score from short integer codes. For one thread at a time.
 */
final class PrunedScan {
  /** Groups whose sums are kept at a time. */
  private static final int MAX_BUCKET = 512;

  private static final int MIN_BUCKET = 8;

  /** So many results may come from the first group, if the sums of the others can end early. */
  private static final int FEW_OF_GROUP = CodeGroup.SIZE / 4;

  /** Rows that are gathered before they are scored. */
  private static final int GATHERED = 32;

  /** A bucket ends where vectors are this much shorter than at its beginning. */
  private static final double SHORTER = 0.8;

  /** How many times as many rows are met under a filter as are likely to be enough. */
  private static final double SPARE = 1.5;

  /** By how much that grows, at the least, while the result is short. */
  private static final double MORE = 1.5;

  /** Bytes of codes that are added up for one query after the other while they are in cache. */
  private static final int TILE_BYTES = 1 << 18;

  private final CodedQuery query = new CodedQuery();
  private final int[] places = new int[GATHERED + CodeGroup.SIZE + 1];
  private int found;
  private final BucketSums sums;
  private int part;
  private int parts = 1;
  private int first;
  private boolean bounded;
  private double least;

  PrunedScan(Kernels kernels) {
    this.sums = new BucketSums(kernels);
  }

  /**
   * Takes a query.
   *
   * @param part which part of the codes to scan, one of 0..{@code parts - 1}; long and short
   *     vectors are dealt out evenly
   * @return false if no bound holds for the query; it must scan everything then
   */
  boolean begin(float[] vector, Codes codes, int part, int parts) {
    this.part = part;
    this.parts = parts;
    return query.begin(vector, codes);
  }

  /**
   * Scores every row that can be among the best of the queries that were taken.
   *
   * @param scans one for each query, all of the same part
   * @param results take the rows that may not be passed over
   */
  static void run(PrunedScan[] scans, Scan[] results, int count, Codes codes, int k) {
    PrunedScan any = scans[0];
    for (int from = 0; from < any.groupCount(codes); ) {
      int to = any.bucketEnd(codes, from, k);
      for (int q = 0; q < count; q++) {
        scans[q].beginBucket(from, to, results[q]);
      }
      int tile = count == 1 ? to - from : tile(codes);
      for (int at = from; at < to; at += tile) {
        for (int q = 0; q < count; q++) {
          scans[q].sum(codes, at, Math.min(to, at + tile));
        }
      }
      for (int q = 0; q < count; q++) {
        scans[q].visit(codes, from, to, k, results[q]);
      }
      from = to;
    }
  }

  private static int tile(Codes codes) {
    return Math.max(1, TILE_BYTES / (CodeGroup.SIZE * codes.space().components()));
  }

  private int groupCount(Codes codes) {
    return (codes.groupCount() - part + parts - 1) / parts;
  }

  private CodeGroup group(Codes codes, int group) {
    return codes.group(group * parts + part);
  }

  private int bucketEnd(Codes codes, int from, int k) {
    boolean early = query.endsEarly();
    int atLeast = early ? 1 + k / FEW_OF_GROUP : Math.max(MIN_BUCKET, k / MIN_BUCKET);
    int end = Math.min(groupCount(codes), from + Math.max(MAX_BUCKET, atLeast));
    int to = Math.min(end, from + atLeast);
    if (early && from == 0) {
      return to; // for a threshold, which ends the sums of others early
    }
    double shorter = SHORTER * group(codes, from).norm();
    while (to < end && !(group(codes, to).norm() < shorter)) {
      to++;
    }
    return to;
  }

  private void beginBucket(int from, int to, Scan scan) {
    sums.begin(to - from);
    first = from;
    bounded = scan.full();
    least = bounded ? query.least(scan.worst()) : Double.NEGATIVE_INFINITY;
  }

  private void sum(Codes codes, int from, int to) {
    for (int g = from; g < to; g++) {
      CodeGroup group = group(codes, g);
      if (bounded && query.outOfReach(group, least)) {
        sums.leaveOut(g - first);
      } else {
        sums.add(g - first, group, query, least);
      }
    }
  }

  /** Scores first the k best by their sums, then all that can still beat the worst of these. */
  private void visit(Codes codes, int from, int to, int k, Scan scan) {
    double rowsForOne = scan.full() ? 1 : scan.rowsForOne();
    double want = rowsForOne > 1 ? SPARE * k * rowsForOne : k;
    double cut = sums.cut(to - from, want);
    visit(codes, from, to, cut, Double.POSITIVE_INFINITY, scan);
    while (!scan.full() && cut > Double.NEGATIVE_INFINITY) {
      double above = cut;
      want = Math.max(MORE * want, want + SPARE * scan.missing() * rowsForOne);
      // cuts are those of a sample, and one may lie above the one before it
      cut = Math.min(above, sums.cut(to - from, want));
      visit(codes, from, to, cut, above, scan);
    }
    if (cut > Double.NEGATIVE_INFINITY) {
      visit(codes, from, to, Double.NEGATIVE_INFINITY, cut, scan);
    }
  }

  /** Scores the rows whose estimates lie between two numbers, the upper one left out. */
  private void visit(Codes codes, int from, int to, double cut, double above, Scan scan) {
    double reached = scan.full() ? query.least(scan.worst()) : Double.NEGATIVE_INFINITY;
    for (int i = 0; i < to - from; i++) {
      if (sums.below(i, reached)) {
        continue;
      }
      int low = Math.max(sums.sumAt(i, cut), sums.leastSum(i, reached, query.slack()));
      if (low <= sums.top(i)) {
        found = sums.collect(i, low, sums.sumAt(i, above), places, found);
        if (found >= GATHERED) {
          score(codes, from, scan);
          reached = scan.full() ? query.least(scan.worst()) : Double.NEGATIVE_INFINITY;
        }
      }
    }
    score(codes, from, scan);
    scan.flush();
  }

  /** Scores what was found, in steps, so that the cache misses of each overlap. */
  private void score(Codes codes, int from, Scan scan) {
    for (int i = 0; i < found; i++) {
      int place = places[i];
      places[i] = group(codes, from + place / CodeGroup.SIZE).slots[place % CodeGroup.SIZE];
    }
    for (int i = 0; i < found; i++) {
      if (places[i] != CodeGroup.FREE) {
        scan.visit(places[i]);
      }
    }
    found = 0;
  }
}
