package dev.recsys.eval;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Symmetric positive definite matrices, by the sweep operator: sweeping a set K of rows replaces
 *
 * <pre>
 *   A[K][K] by -A[K][K]^-1,  A[K][R] by A[K][K]^-1 A[K][R],
 *   A[R][R] by A[R][R] - A[R][K] A[K][K]^-1 A[K][R]
 * </pre>
 *
 * where R are the other rows. Having swept all rows, in any order and grouping, the matrix is its
 * negative inverse. It stays symmetric, so that only the part on and above the diagonal is kept.
 * With blocks of rows nearly all the work is the last line, a matrix product over whole rows, which
 * the JVM vectorises: n^3 / 2 multiplications in all. No pivoting is needed.
 *
 * <p>Source: James Goodnight, A tutorial on the SWEEP operator, The American Statistician 33 (3),
 * 1979; Gene Golub and Charles Van Loan, Matrix Computations, 4th edition, section 4.2.
 */
final class SymmetricMatrix {
  private static final int BLOCK = 32;
  private static final int ROWS = 16;
  private static final int COLUMNS = 512;

  private SymmetricMatrix() {}

  /**
   * Inverts the matrix in place, with all processors.
   *
   * @param matrix square; the part below the diagonal is not read
   * @throws IllegalArgumentException when it is not positive definite
   */
  static void invert(double[][] matrix) {
    int n = matrix.length;
    for (int from = 0; from < n; from += BLOCK) {
      sweepBlock(matrix, from, Math.min(from + BLOCK, n));
    }
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        matrix[i][j] = -matrix[i][j];
        matrix[j][i] = matrix[i][j];
      }
    }
  }

  /**
   * Sweeps the first rows, one by one. When they are all but the last, that column has become the
   * solution of the equations whose right side it was.
   *
   * @param matrix square; the part below the diagonal is neither read nor written
   * @throws IllegalArgumentException when what is swept is not positive definite
   */
  static void sweep(double[][] matrix, int rows) {
    double[] pivots = new double[matrix.length];
    for (int k = 0; k < rows; k++) {
      row(matrix, k, pivots);
      double pivot = pivots[k];
      if (!(pivot > 0)) {
        throw new IllegalArgumentException(
            "matrix is not positive definite: pivot " + k + " is " + pivot);
      }
      for (int i = 0; i < matrix.length; i++) {
        double factor = -pivots[i] / pivot;
        double[] target = matrix[i];
        for (int j = i; j < target.length; j++) {
          target[j] += factor * pivots[j];
        }
      }
      for (int i = 0; i < matrix.length; i++) {
        set(matrix, i, k, pivots[i] / pivot);
      }
      matrix[k][k] = -1 / pivot;
    }
  }

  /** Copies a row, what is below the diagonal from above it. */
  private static void row(double[][] matrix, int k, double[] row) {
    for (int i = 0; i < k; i++) {
      row[i] = matrix[i][k];
    }
    System.arraycopy(matrix[k], k, row, k, row.length - k);
  }

  private static void set(double[][] matrix, int i, int j, double value) {
    matrix[Math.min(i, j)][Math.max(i, j)] = value;
  }

  private static void sweepBlock(double[][] matrix, int from, int to) {
    int n = matrix.length;
    int size = to - from;
    double[][] block = new double[size][n];
    double[][] inverse = new double[size][];
    for (int p = 0; p < size; p++) {
      row(matrix, from + p, block[p]);
      inverse[p] = Arrays.copyOfRange(block[p], from, to);
    }
    sweep(inverse, size);
    double[][] negative = negativeProduct(inverse, block);
    IntStream.rangeClosed(0, (n - 1) / ROWS)
        .parallel()
        .forEach(r -> addProduct(matrix, r * ROWS, Math.min(n, (r + 1) * ROWS), block, negative));
    for (int p = 0; p < size; p++) {
      for (int j = 0; j < n; j++) {
        if (j < from || j >= to) {
          set(matrix, from + p, j, -negative[p][j]);
        }
      }
      System.arraycopy(inverse[p], p, matrix[from + p], from + p, size - p);
    }
  }

  /** Returns the product with a block that has been swept, which is the negative of its inverse. */
  private static double[][] negativeProduct(double[][] swept, double[][] block) {
    double[][] product = new double[swept.length][block[0].length];
    for (int p = 0; p < swept.length; p++) {
      for (int q = 0; q < swept.length; q++) {
        add(product[p], 0, product[p].length, swept[Math.min(p, q)][Math.max(p, q)], block[q]);
      }
    }
    return product;
  }

  /** Adds to rows, on and above the diagonal, the product of a transposed block and another. */
  private static void addProduct(
      double[][] matrix, int from, int to, double[][] left, double[][] right) {
    for (int start = from; start < matrix.length; start += COLUMNS) {
      int end = Math.min(start + COLUMNS, matrix.length);
      for (int i = from; i < to; i++) {
        int p = 0;
        for (; p + 4 <= left.length; p += 4) {
          addFour(matrix[i], Math.max(start, i), end, left, right, p, i);
        }
        for (; p < left.length; p++) {
          add(matrix[i], Math.max(start, i), end, left[p][i], right[p]);
        }
      }
    }
  }

  private static void add(double[] target, int from, int to, double factor, double[] source) {
    for (int j = from; j < to; j++) {
      target[j] += factor * source[j];
    }
  }

  private static void addFour(
      double[] target, int from, int to, double[][] left, double[][] right, int p, int i) {
    double f0 = left[p][i];
    double f1 = left[p + 1][i];
    double f2 = left[p + 2][i];
    double f3 = left[p + 3][i];
    double[] s0 = right[p];
    double[] s1 = right[p + 1];
    double[] s2 = right[p + 2];
    double[] s3 = right[p + 3];
    for (int j = from; j < to; j++) {
      target[j] += f0 * s0[j] + f1 * s1[j] + f2 * s2[j] + f3 * s3[j];
    }
  }
}
