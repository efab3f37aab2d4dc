package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * The space that vectors are coded in: a few components whose inner product bounds the score of the
 * whole vectors from above. Immutable. The algebra stands at {@link PrunedScan}.
 *
 * <p>A vector becomes its first components along the principal axes (or, without a rotation, all
 * its components), then the length of what these leave over, then under L2 the component that
 * brings in its own length.
 */
final class CodeSpace {
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final MetricType metric;
  private final int dimension;
  private final @Nullable Rotation rotation;
  private final int prefix;
  private final int components;
  private final double lift;
  private final double shift;
  private final double turnError;

  /**
   * Describes a space.
   *
   * @param rotation null to keep all components as they are
   * @param prefix how many axes of the rotation to use
   * @param meanSquare about the mean of the squared lengths; only L2 asks for it
   */
  CodeSpace(
      MetricType metric,
      int dimension,
      @Nullable Rotation rotation,
      int prefix,
      double meanSquare) {
    this.metric = metric;
    this.dimension = dimension;
    this.rotation = rotation;
    this.prefix = rotation == null ? dimension : prefix;
    this.components = this.prefix + (rotation == null ? 0 : 1) + (metric == MetricType.L2 ? 1 : 0);
    this.lift = meanSquare > 0 ? Math.sqrt(meanSquare) : 1;
    this.shift = meanSquare / 2;
    this.turnError = rotation == null ? 0 : Math.sqrt(prefix) * (dimension + 8) * UNIT_ROUNDOFF;
  }

  @Nullable Rotation rotation() {
    return rotation;
  }

  /** Returns how many axes of the rotation are used. */
  int prefix() {
    return prefix;
  }

  double meanSquare() {
    return 2 * shift;
  }

  int components() {
    return components;
  }

  /** Writes the components of a stored vector and returns its squared length. */
  double turn(float[] vector, float[] work, double[] out) {
    double squares = project(vector, work, out);
    if (metric == MetricType.L2) {
      out[components - 1] = (shift - squares / 2) / lift;
    }
    return squares;
  }

  /** Writes the components of a query and returns its squared length. */
  double turnQuery(float[] query, float[] work, double[] out) {
    double squares = project(query, work, out);
    if (metric == MetricType.L2) {
      out[components - 1] = lift;
    }
    return squares;
  }

  private double project(float[] vector, float[] work, double[] out) {
    double squares = squares(vector);
    float[] from = vector;
    if (rotation != null) {
      rotation.apply(vector, 0, prefix, work, 0);
      from = work;
    }
    double kept = 0;
    for (int i = 0; i < prefix; i++) {
      double component = from[i];
      out[i] = component;
      kept += component * component;
    }
    if (rotation != null) {
      // rounding up what is left over makes good for the rounding of the components
      out[prefix] = Math.sqrt(Math.max(0, squares - kept) + 3 * turnError * squares);
    }
    return squares;
  }

  /** Returns the squared length of a vector, which no finite one overflows. */
  static double squares(float[] vector) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = vector.length & -4;
    for (int i = 0; i < whole; i += 4) {
      s0 += (double) vector[i] * vector[i];
      s1 += (double) vector[i + 1] * vector[i + 1];
      s2 += (double) vector[i + 2] * vector[i + 2];
      s3 += (double) vector[i + 3] * vector[i + 3];
    }
    for (int i = whole; i < vector.length; i++) {
      s0 += (double) vector[i] * vector[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /**
   * Returns the least inner product in this space, rounding aside, of a query and a vector whose
   * score is at least as good as the given one.
   *
   * @param goodness the score, turned so that larger is nearer
   * @param querySquares the squared length of the query
   */
  double least(double goodness, double querySquares) {
    return switch (metric) {
      case IP -> goodness;
      // cosines are held to [-1, 1]: one of -1 says nothing
      case COSINE -> goodness > -1 ? goodness : Double.NEGATIVE_INFINITY;
      case L2 -> shift + (querySquares + goodness * (1 + 2 * scoreError())) / 2;
    };
  }

  /** Returns the share of {@code |query| |vector|} that rounding can take from the bound. */
  double roundingError() {
    return 1.01 * (4 * turnError + scoreError());
  }

  private double scoreError() {
    return (dimension + 8) * UNIT_ROUNDOFF;
  }
}
