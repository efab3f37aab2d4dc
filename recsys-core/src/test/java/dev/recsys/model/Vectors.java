package dev.recsys.model;

/** Arithmetic of the plain references. */
final class Vectors {
  private Vectors() {}

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** By Gauss and Jordan; the matrix is lost. */
  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      inverse[i][i] = 1;
    }
    for (int p = 0; p < n; p++) {
      double pivot = matrix[p][p];
      for (int k = 0; k < n; k++) {
        matrix[p][k] /= pivot;
        inverse[p][k] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == p ? 0 : matrix[i][p];
        for (int k = 0; k < n; k++) {
          matrix[i][k] -= factor * matrix[p][k];
          inverse[i][k] -= factor * inverse[p][k];
        }
      }
    }
    return inverse;
  }
}
