package dev.recsys.index.ann;

import java.util.SplittableRandom;

/** Orthonormal vectors, in double precision. */
final class Basis {
  /** What must be left of a vector, as a share, after the others are taken out of it. */
  private static final double DEPENDENT = 1e-9;

  private Basis() {}

  /** Returns {@code count} orthonormal vectors: the unit vectors if that is all there are. */
  static double[][] random(int count, int dimension, long seed) {
    double[][] basis = new double[count][dimension];
    if (count == dimension) {
      for (int i = 0; i < count; i++) {
        basis[i][i] = 1;
      }
      return basis;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (double[] vector : basis) {
      fill(vector, random);
    }
    orthonormalise(basis, random);
    return basis;
  }

  /**
   * Makes the vectors orthonormal, in their order, by Gram-Schmidt done twice. One that depends on
   * those before it is replaced by a random one.
   */
  static void orthonormalise(double[][] basis, SplittableRandom random) {
    for (int i = 0; i < basis.length; i++) {
      while (!clear(basis, i)) {
        fill(basis[i], random);
      }
    }
  }

  private static boolean clear(double[][] basis, int i) {
    double[] vector = basis[i];
    for (int pass = 0; pass < 2; pass++) {
      double before = norm(vector);
      for (int j = 0; j < i; j++) {
        double along = dot(vector, basis[j]);
        for (int c = 0; c < vector.length; c++) {
          vector[c] -= along * basis[j][c];
        }
      }
      double after = norm(vector);
      if (!(after > DEPENDENT * before)) {
        return false;
      }
      for (int c = 0; c < vector.length; c++) {
        vector[c] /= after;
      }
    }
    return true;
  }

  private static void fill(double[] vector, SplittableRandom random) {
    for (int c = 0; c < vector.length; c++) {
      vector[c] = random.nextDouble() - 0.5;
    }
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double even = 0;
    double odd = 0;
    int whole = a.length & -2;
    for (int c = 0; c < whole; c += 2) {
      even += a[c] * b[c];
      odd += a[c + 1] * b[c + 1];
    }
    return whole < a.length ? even + odd + a[whole] * b[whole] : even + odd;
  }
}
