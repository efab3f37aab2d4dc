package dev.recsys.index.ann;

import java.util.SplittableRandom;

/**
 * The leading principal axes of a set of vectors: orthonormal, in the order of falling energy, so
 * that the first components of {@code apply(x)} hold as much of {@code |x|^2} as any so many can.
 * Immutable.
 *
 * <p>The axes are those of the second moment about zero, not about the mean: an inner product is
 * kept by a turn about zero only. Every vector of the sample counts with length one, so that a few
 * long ones do not take all the axes.
 *
 * <p>Fitted by block power iteration from a random start, a few directions more than are asked for,
 * and one small symmetric eigenproblem at the end (Halko, Martinsson, Tropp: Finding Structure with
 * Randomness, SIAM Review 53, 2011, algorithms 4.4 and 5.3); if all axes are asked for, the
 * eigenproblem alone. No {@code dimension x dimension} matrix is made, 32,768 dimensions need no
 * more than the sample and the axes.
 */
final class Rotation {
  private static final int SPARE = 8;
  private static final int ITERATIONS = 3;

  private final int dimension;
  private final float[] axes;
  private final double[] energies;

  private Rotation(int dimension, double[][] axes, double[] energies) {
    this.dimension = dimension;
    this.axes = new float[axes.length * dimension];
    this.energies = energies;
    for (int a = 0; a < axes.length; a++) {
      for (int i = 0; i < dimension; i++) {
        this.axes[a * dimension + i] = (float) axes[a][i];
      }
    }
  }

  /** Takes over axes, end to end, and their energies. */
  Rotation(int dimension, float[] axes, double[] energies) {
    this.dimension = dimension;
    this.axes = axes;
    this.energies = energies;
  }

  /**
   * Finds the axes of a sample.
   *
   * @param sample rows end to end, {@code sample.length / dimension} of them
   * @param axes how many axes to find, 1..dimension
   * @param seed of the random start; equal arguments give equal axes
   */
  static Rotation fit(float[] sample, int dimension, int axes, long seed) {
    Vectors.inRange("axes", axes, 1, dimension);
    float[][] rows = unitRows(sample, dimension);
    double[][] basis = Basis.random(Math.min(dimension, axes + SPARE), dimension, seed);
    if (basis.length < dimension) {
      for (int i = 0; i < ITERATIONS; i++) {
        basis = multiply(rows, basis);
        Basis.orthonormalise(basis, new SplittableRandom(seed + i + 1));
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(secondMoment(rows, basis));
    double[][] best = new double[axes][dimension];
    double[] energies = new double[axes];
    for (int a = 0; a < axes; a++) {
      energies[a] = eigen.value(a) / Math.max(1, rows.length);
      for (int j = 0; j < basis.length; j++) {
        addScaled(best[a], eigen.vector(a)[j], basis[j]);
      }
    }
    return new Rotation(dimension, best, energies);
  }

  private static float[][] unitRows(float[] sample, int dimension) {
    float[][] rows = new float[sample.length / dimension][dimension];
    for (int r = 0; r < rows.length; r++) {
      double norm = 0;
      for (int i = 0; i < dimension; i++) {
        norm += (double) sample[r * dimension + i] * sample[r * dimension + i];
      }
      // what is not finite comes from a damaged file and counts as zero
      double scale = norm > 0 && norm < Double.POSITIVE_INFINITY ? 1 / Math.sqrt(norm) : 0;
      for (int i = 0; i < dimension && scale > 0; i++) {
        rows[r][i] = (float) (scale * sample[r * dimension + i]);
      }
    }
    return rows;
  }

  /** Returns the sum over the rows x of x (x . b) for every vector b of the basis. */
  private static double[][] multiply(float[][] rows, double[][] basis) {
    double[][] product = new double[basis.length][basis[0].length];
    for (float[] row : rows) {
      for (int j = 0; j < basis.length; j++) {
        double along = dot(row, basis[j]);
        double[] sum = product[j];
        for (int i = 0; i < row.length; i++) {
          sum[i] += along * row[i];
        }
      }
    }
    return product;
  }

  private static double[][] secondMoment(float[][] rows, double[][] basis) {
    double[][] moment = new double[basis.length][basis.length];
    double[] turned = new double[basis.length];
    for (float[] row : rows) {
      for (int j = 0; j < basis.length; j++) {
        turned[j] = dot(row, basis[j]);
      }
      for (int j = 0; j < basis.length; j++) {
        addScaled(moment[j], turned[j], turned);
      }
    }
    return moment;
  }

  private static double dot(float[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int whole = a.length & -4;
    for (int i = 0; i < whole; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (int i = whole; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void addScaled(double[] sum, double factor, double[] term) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * term[i];
    }
  }

  /** Returns the number of components of the vectors. */
  int dimension() {
    return dimension;
  }

  /** Returns the number of axes, which is the number of components after the turn. */
  int axes() {
    return energies.length;
  }

  /** Returns a copy of the axes, end to end, each of {@code dimension} components. */
  float[] axesEndToEnd() {
    return axes.clone();
  }

  /** Returns the share in 0..1 that an axis holds of the sample's squared lengths, on average. */
  double energy(int axis) {
    return energies[axis];
  }

  /**
   * Writes the components of a vector along the first {@code count} axes.
   *
   * @param at where the vector begins
   * @param outAt where its components are to begin
   */
  void apply(float[] vector, int at, int count, float[] out, int outAt) {
    for (int a = 0; a < count; a++) {
      out[outAt + a] = Kernels.BEST.innerProduct(vector, at, axes, a * dimension, dimension);
    }
  }
}
