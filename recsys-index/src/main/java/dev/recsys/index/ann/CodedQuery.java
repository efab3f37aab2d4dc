package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;

/**
 * A query in 16-bit codes, and the thresholds in integers that follow from it. Reused from search
 * to search by one thread at a time.
 */
final class CodedQuery {
  private static final double MAX_SUM = Short.MAX_VALUE;

  /** The finest scale of a segment is that of the query shifted by so many bits. */
  private static final int MAX_FINER = 4;

  /** What may be left over, of the query's length, where it is first worth a look at the sums. */
  private static final double SMALL_REST = 0.5;

  /** With fewer there is too little to save. */
  private static final int MIN_STEPS = 4;

  private final QueryCodes query = new QueryCodes();
  private double[] turned = {};
  private float[] work = {};

  /** Of each segment, the length of the query's part. */
  private double[] lengths = {};

  /** After each step, the length of what is left of the query. */
  private double[] rests = {};

  private CodeSpace space = new CodeSpace(MetricType.IP, 1, null, 1, 0);
  private double squares;
  private double norm;
  private double scale;
  private double error;
  private int shift;
  private int slack;
  private int firstEnd;

  /**
   * Takes a query for the codes of an index.
   *
   * @return false if its length is out of the range in which bounds hold
   */
  boolean begin(float[] vector, Codes index) {
    space = index.space();
    int components = space.components();
    query.begin(components);
    if (turned.length < components) {
      turned = new double[components];
      work = new float[components];
      lengths = new double[Kernels.segments(components)];
      rests = new double[lengths.length];
    }
    squares = space.turnQuery(vector, work, turned);
    measure();
    if (!CodeGroup.inRange(Math.sqrt(squares)) || !CodeGroup.inRange(norm)) {
      return false;
    }
    chooseScale(index);
    encode(index);
    chooseShift(index);
    return true;
  }

  /** Measures the segments, and puts those first that have the most of the query. */
  private void measure() {
    for (int s = 0; s < query.steps; s++) {
      lengths[s] = Math.sqrt(squares(query.from(s), query.to(s)));
    }
    sort();
    measureRests();
    firstEnd = 0;
    while (firstEnd < query.steps && rests[firstEnd] > SMALL_REST * norm) {
      firstEnd++;
    }
    if (query.steps < MIN_STEPS || firstEnd >= query.steps / 2) {
      firstEnd = query.steps;
      query.inOrderOfMemory();
    }
  }

  private void sort() {
    for (int s = 0; s < query.steps; s++) {
      int step = s;
      for (; step > 0 && lengths[query.order[step - 1]] < lengths[s]; step--) {
        query.order[step] = query.order[step - 1];
      }
      query.order[step] = s;
    }
  }

  private void measureRests() {
    double left = 0;
    for (int step = query.steps - 1; step >= 0; step--) {
      rests[step] = Math.sqrt(left);
      double length = lengths[query.order[step]];
      left += length * length;
    }
    norm = Math.sqrt(left);
  }

  private double squares(int from, int to) {
    double sum = 0;
    for (int c = from; c < to; c++) {
      sum += turned[c] * turned[c];
    }
    return sum;
  }

  /** Chooses the finest scale at which no segment's sum can leave 16 bits. */
  private void chooseScale(Codes index) {
    scale = 0;
    for (int s = 0; s < query.steps; s++) {
      scale = Math.max(scale, finestScale(index, s));
    }
  }

  private double finestScale(Codes index, int segment) {
    // rounding moves a segment of codes by no more than half the root of its length
    double rounding = Math.sqrt(Kernels.CODE_SEGMENT) / 2;
    double stored = Math.max(1, index.segmentNorm(segment));
    return lengths[segment] * (1 + 1e-9) / (MAX_SUM / stored - rounding);
  }

  /** Codes each segment at the finest scale that is the query's shifted by whole bits. */
  private void encode(Codes index) {
    double errors = 0;
    for (int step = 0; step < query.steps; step++) {
      double finest = finestScale(index, query.order[step]);
      int finer = 0;
      while (finer < MAX_FINER && scale >= 2 * finest * (1 << finer)) {
        finer++;
      }
      query.shifts[step] = finer;
      errors += encode(query.from(step), query.to(step), scale / (1 << finer));
    }
    error = Math.sqrt(errors);
  }

  private double encode(int from, int to, double step) {
    double errors = 0;
    double inverse = 1 / step;
    for (int c = from; c < to; c++) {
      // rounds half up, at a fraction of what Math.round costs
      double code = Math.floor(turned[c] * inverse + 0.5);
      query.codes[c] = (short) code;
      double off = turned[c] - code * step;
      errors += off * off;
    }
    return errors;
  }

  /** Chooses by how much segment sums must be shifted so that their total stays in 16 bits. */
  private void chooseShift(Codes index) {
    double total = 0;
    boolean whole = true;
    for (int step = 0; step < query.steps; step++) {
      double squared = 0;
      for (int c = query.from(step); c < query.to(step); c++) {
        squared += query.codes[c] * query.codes[c];
      }
      double most = Math.sqrt(squared) * index.segmentNorm(query.order[step]);
      total += most / (1 << query.shifts[step]);
      whole &= query.shifts[step] == 0;
    }
    shift = 0;
    slack = whole ? 0 : query.steps;
    while (total / (1 << shift) + slack > MAX_SUM) {
      shift++;
      slack = query.steps;
    }
    for (int step = 0; step < query.steps; step++) {
      query.shifts[step] += shift;
    }
  }

  /** Returns whether sums may end early, once it is known what they have to reach. */
  boolean endsEarly() {
    return firstEnd < query.steps - 1;
  }

  /**
   * Returns the codes for the kernels, who are to leave a group out when no vector of it can reach
   * an inner product in the space of the codes.
   */
  QueryCodes codes(CodeGroup group, double least) {
    query.firstEnd = least == Double.NEGATIVE_INFINITY ? query.steps : firstEnd;
    double inverse = 1 / unit(group);
    double needed = least - margin(group);
    for (int step = query.firstEnd; step < query.steps - 1; step++) {
      query.least[step] = toSum((needed - rests[step] * group.norm()) * inverse - slack);
    }
    return query;
  }

  /** Returns a real number of sums as the next whole one, held to what an int can count on with. */
  static int toSum(double sum) {
    return Double.isNaN(sum)
        ? Short.MIN_VALUE
        : (int) Math.ceil(Math.max(-40_000, Math.min(40_000, sum)));
  }

  /** Returns how much less than its components' products a sum can be for what shifts cut off. */
  int slack() {
    return slack;
  }

  /** Returns what a sum of 1 stands for in a group; infinite where that says nothing. */
  double unit(CodeGroup group) {
    return group.norm() == Double.POSITIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : Math.max(Double.MIN_NORMAL, group.scale() * scale * (1 << shift));
  }

  /** Returns the least inner product, in the space of the codes, of a score that good. */
  double least(double goodness) {
    return space.least(goodness, squares);
  }

  /** Returns whether every vector of a group is too short to reach an inner product. */
  boolean outOfReach(CodeGroup group, double least) {
    return norm * group.norm() * (1 + space.roundingError()) < least;
  }

  /** Returns by how much an inner product can be greater than its sum says, for a group. */
  double margin(CodeGroup group) {
    double reach = group.norm();
    double codeError = error * (reach + group.error()) + norm * group.error();
    return codeError + space.roundingError() * norm * reach;
  }
}
