package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * The int8 codes of up to 256 vectors, one component of all of them after the other, at a scale of
 * their own, with the bounds that a search needs: the greatest length, and the greatest distance
 * between a vector and what its code stands for. Bounds only grow while vectors come and go.
 */
final class CodeGroup {
  static final int SIZE = 256;
  static final int FREE = -1;

  private static final int MAX_CODE = 127;

  private static final double MIN_NORM = 1e-17;
  private static final double MAX_NORM = 1e17;

  final byte[] codes;
  final int[] slots = new int[SIZE];
  private final int components;
  private double scale;
  private double norm;
  private double error;

  CodeGroup(int components) {
    this.components = components;
    this.codes = new byte[SIZE * components];
    Arrays.fill(slots, FREE);
  }

  /**
   * Returns whether scores in float of vectors this long can neither overflow nor lose more to
   * underflow than the error terms allow for.
   */
  static boolean inRange(double length) {
    return length >= MIN_NORM && length <= MAX_NORM;
  }

  /** Returns what a code of 1 stands for. */
  double scale() {
    return scale;
  }

  /** Returns a bound of the lengths; infinite if they are out of the range that can be bounded. */
  double norm() {
    return norm;
  }

  /** Returns a bound of the distances between vectors and what their codes stand for. */
  double error() {
    return error;
  }

  /** Returns whether the vector can be coded at the scale of the group. */
  boolean fits(double[] vector) {
    return !(greatest(vector) > MAX_CODE * scale);
  }

  private double greatest(double[] vector) {
    double greatest = 0;
    for (int c = 0; c < components; c++) {
      greatest = Math.max(greatest, Math.abs(vector[c]));
    }
    return greatest;
  }

  /** Widens the scale to that of the vector and some more. Codes must be written again. */
  void widen(double[] vector, double headroom) {
    double wide = greatest(vector) * headroom / MAX_CODE;
    scale = wide > scale && wide < Double.POSITIVE_INFINITY ? wide : scale;
  }

  /** Takes over scale and bounds of codes that are written beside. */
  void adopt(double scale, double norm, double error) {
    this.scale = scale;
    this.norm = norm;
    this.error = error;
  }

  /** Forgets the bounds, before all that the group holds is coded again. */
  void resetBounds() {
    norm = 0;
    error = 0;
  }

  /** Codes a vector at a position. */
  void put(int position, int slot, double[] vector, double[] segmentNorms) {
    slots[position] = slot;
    double squares = 0;
    double errors = 0;
    double codeSquares = 0;
    for (int c = 0; c < components; c++) {
      long code = scale > 0 ? Math.round(vector[c] / scale) : 0;
      code = Math.max(-MAX_CODE, Math.min(MAX_CODE, code));
      codes[c * SIZE + position] = (byte) code;
      double off = vector[c] - code * scale;
      squares += vector[c] * vector[c];
      errors += off * off;
      codeSquares += code * code;
      if ((c + 1) % Kernels.CODE_SEGMENT == 0 || c == components - 1) {
        int segment = c / Kernels.CODE_SEGMENT;
        segmentNorms[segment] = Math.max(segmentNorms[segment], Math.sqrt(codeSquares));
        codeSquares = 0;
      }
    }
    double length = Math.sqrt(squares);
    norm = length == 0 || inRange(length) ? Math.max(norm, length) : Double.POSITIVE_INFINITY;
    error = Math.max(error, Math.sqrt(errors));
  }

  /** Frees a position. */
  void remove(int position) {
    slots[position] = FREE;
    for (int c = 0; c < components; c++) {
      codes[c * SIZE + position] = 0;
    }
  }
}
