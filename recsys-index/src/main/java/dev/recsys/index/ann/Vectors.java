package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.function.Supplier;

/** What every index checks of the vectors and numbers that it is given. */
final class Vectors {
  static final int MAX_DIMENSION = 32_768;

  private Vectors() {}

  static int checkDimension(int dimension) {
    return inRange("dimension", dimension, 1, MAX_DIMENSION);
  }

  static int inRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": must lie in " + min + ".." + max + ", received " + value);
    }
    return value;
  }

  /** Refuses a vector of another dimension. */
  static void checkLength(float[] vector, int dimension, Supplier<String> what) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          what.get() + ": expected dimension " + dimension + ", received " + vector.length);
    }
  }

  /** Refuses a vector of another dimension or with a component that is not finite. */
  static void check(float[] vector, int dimension, Supplier<String> what) {
    checkLength(vector, dimension, what);
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(
            what.get() + ", component " + i + ": must be finite, received " + vector[i]);
      }
    }
  }

  /**
   * Returns the vector as it is kept and compared: of length one under {@link MetricType#COSINE},
   * where zeros stay zeros, otherwise as it is.
   */
  static float[] forMetric(MetricType metric, float[] vector) {
    if (metric != MetricType.COSINE) {
      return vector;
    }
    float[] unit = new float[vector.length];
    normalise(vector, unit);
    return unit;
  }

  /** Writes a vector at length one; zeros stay zeros. */
  static void normalise(float[] vector, float[] out) {
    double norm = Kernels.norm(vector);
    for (int i = 0; i < vector.length; i++) {
      out[i] = norm > 0 ? (float) (vector[i] / norm) : 0;
    }
  }
}
