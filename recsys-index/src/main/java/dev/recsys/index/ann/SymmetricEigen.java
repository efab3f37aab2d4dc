package dev.recsys.index.ann;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations, largest
 * value first (Golub, Van Loan: Matrix Computations, 4th edition, section 8.5).
 */
final class SymmetricEigen {
  private static final int MAX_SWEEPS = 30;
  private static final double CONVERGED = 1e-26;

  private final double[][] matrix;
  private final double[][] vectors;
  private final int[] order;

  private SymmetricEigen(double[][] matrix) {
    this.matrix = matrix;
    this.vectors = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      vectors[i][i] = 1;
    }
    double enough = CONVERGED * squares(false);
    for (int sweep = 0; sweep < MAX_SWEEPS && squares(true) > enough; sweep++) {
      sweep();
    }
    this.order =
        IntStream.range(0, matrix.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Decomposes a symmetric matrix, which is overwritten. */
  static SymmetricEigen of(double[][] matrix) {
    return new SymmetricEigen(matrix);
  }

  /** Returns the eigenvalue of a rank, 0 being the largest. */
  double value(int rank) {
    return matrix[order[rank]][order[rank]];
  }

  /** Returns the eigenvector of a rank, of length one. */
  double[] vector(int rank) {
    return vectors[order[rank]];
  }

  private double squares(boolean offDiagonal) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        sum += offDiagonal && i == j ? 0 : matrix[i][j] * matrix[i][j];
      }
    }
    return sum;
  }

  private void sweep() {
    for (int p = 0; p < matrix.length; p++) {
      for (int q = p + 1; q < matrix.length; q++) {
        if (matrix[p][q] != 0) {
          annihilate(p, q);
        }
      }
    }
  }

  /** Turns the plane of p and q so that their mixed entry vanishes. */
  private void annihilate(int p, int q) {
    double tau = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
    double sine = tangent * cosine;
    turn(matrix[p], matrix[q], cosine, sine);
    turn(vectors[p], vectors[q], cosine, sine);
    for (double[] row : matrix) {
      double atP = row[p];
      row[p] = cosine * atP - sine * row[q];
      row[q] = sine * atP + cosine * row[q];
    }
  }

  private static void turn(double[] a, double[] b, double cosine, double sine) {
    for (int i = 0; i < a.length; i++) {
      double before = a[i];
      a[i] = cosine * before - sine * b[i];
      b[i] = sine * before + cosine * b[i];
    }
  }
}
