package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;

/**
 * A query in 16-bit codes, and the thresholds in integers that follow from it. Reused from search
 * to search by one thread at a time.
 */
final class CodedQuery {
  private static final double MAX_SUM = Short.MAX_VALUE;

  short[] codes = {};
  private double[] turned = {};
  private float[] work = {};
  private CodeSpace space = new CodeSpace(MetricType.IP, 1, null, 1, 0);
  private double squares;
  private double norm;
  private double scale;
  private double error;
  private int shift;
  private int slack;

  /**
   * Takes a query for the codes of an index.
   *
   * @return false if its length is out of the range in which bounds hold
   */
  boolean begin(float[] query, Codes index) {
    space = index.space();
    int components = space.components();
    if (codes.length < components) {
      codes = new short[components];
      turned = new double[components];
      work = new float[components];
    }
    squares = space.turnQuery(query, work, turned);
    norm = norm(0, components);
    if (!CodeGroup.inRange(Math.sqrt(squares)) || !CodeGroup.inRange(norm)) {
      return false;
    }
    chooseScale(index, components);
    encode(components);
    chooseShift(index, components);
    return true;
  }

  private double norm(int from, int to) {
    double sum = 0;
    for (int c = from; c < to; c++) {
      sum += turned[c] * turned[c];
    }
    return Math.sqrt(sum);
  }

  /** Chooses the finest scale at which no segment's sum can leave 16 bits. */
  private void chooseScale(Codes index, int components) {
    // rounding moves a segment of codes by no more than half the root of its length
    double rounding = Math.sqrt(Kernels.CODE_SEGMENT) / 2;
    scale = 0;
    for (int from = 0; from < components; from += Kernels.CODE_SEGMENT) {
      double stored = Math.max(1, index.segmentNorm(from / Kernels.CODE_SEGMENT));
      double room = MAX_SUM / stored - rounding;
      double length = norm(from, Math.min(components, from + Kernels.CODE_SEGMENT));
      scale = Math.max(scale, length * (1 + 1e-9) / room);
    }
  }

  private void encode(int components) {
    double errors = 0;
    double inverse = 1 / scale;
    for (int c = 0; c < components; c++) {
      // rounds half up, at a fraction of what Math.round costs
      double code = Math.floor(turned[c] * inverse + 0.5);
      codes[c] = (short) code;
      double off = turned[c] - code * scale;
      errors += off * off;
    }
    error = Math.sqrt(errors);
  }

  /** Chooses by how much segment sums must be shifted so that their total stays in 16 bits. */
  private void chooseShift(Codes index, int components) {
    int segments = Kernels.segments(components);
    double total = 0;
    for (int s = 0; s < segments; s++) {
      double squared = 0;
      int end = Math.min(components, (s + 1) * Kernels.CODE_SEGMENT);
      for (int c = s * Kernels.CODE_SEGMENT; c < end; c++) {
        squared += codes[c] * codes[c];
      }
      total += Math.sqrt(squared) * index.segmentNorm(s);
    }
    shift = 0;
    slack = 0;
    while (total / (1 << shift) + slack > MAX_SUM) {
      shift++;
      slack = segments;
    }
  }

  /** Returns by how many bits every segment's sum is shifted to the right. */
  int shift() {
    return shift;
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
