package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * The few directions in which scores differ most between users: an orthonormal basis of the
 * dominant subspace of B'GB, where G is the Gram matrix of the users' ratings and B the weights
 * between items, so that B'GB is the Gram matrix of all scores.
 *
 * <p>Found by orthogonal iteration from random axes. Any basis of the subspace gives the same
 * scores, so axes are not told apart any further.
 *
 * <p>Source: Gene H. Golub and Charles F. Van Loan, Matrix Computations, 4th edition, 8.2.4.
 */
final class ScoreAxes {
  private static final int ITERATIONS = 8;

  /** An axis that the others explain but for this share of its length is none of its own. */
  private static final double SMALLEST_REST = 1e-6;

  private ScoreAxes() {}

  /**
   * Finds the axes.
   *
   * @param gram items x items
   * @param weights items x items
   * @return {@code count} axes of length {@code items}; zeros where there are fewer
   */
  static float[][] of(
      NDManager manager, float[] gram, float[] weights, int items, int count, long seed) {
    float[][] axes = new float[count][items];
    SplittableRandom random = new SplittableRandom(seed);
    for (float[] axis : axes) {
      for (int i = 0; i < items; i++) {
        axis[i] = (float) random.nextDouble(-1, 1);
      }
    }
    try (NDManager own = manager.newSubManager()) {
      Shape square = new Shape(items, items);
      NDArray g = own.create(gram, square);
      NDArray b = own.create(weights, square);
      NDArray transposed = b.transpose();
      for (int i = 0; i < ITERATIONS; i++) {
        Cancellation.check(RankingFit.WHAT);
        orthonormalise(axes);
        try (NDManager step = own.newSubManager()) {
          NDArray rows = step.create(axes);
          copy(rows.matMul(transposed).matMul(g).matMul(b).toFloatArray(), axes);
        }
      }
    }
    orthonormalise(axes);
    orthonormalise(axes);
    return axes;
  }

  private static void copy(float[] values, float[][] rows) {
    int width = rows[0].length;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, i * width, rows[i], 0, width);
    }
  }

  /** Gram and Schmidt, modified: each row loses its share in those before as they stand. */
  static void orthonormalise(float[][] rows) {
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i];
      double before = Math.sqrt(dot(row, row));
      for (int j = 0; j < i; j++) {
        add(row, rows[j], (float) -dot(row, rows[j]));
      }
      double rest = Math.sqrt(dot(row, row));
      float factor = rest > SMALLEST_REST * before ? (float) (1 / rest) : 0;
      for (int k = 0; k < row.length; k++) {
        row[k] *= factor;
      }
    }
  }

  private static void add(float[] row, float[] other, float factor) {
    for (int k = 0; k < row.length; k++) {
      row[k] += factor * other[k];
    }
  }

  private static double dot(float[] a, float[] b) {
    double even = 0;
    double odd = 0;
    int k = 0;
    for (; k + 1 < a.length; k += 2) {
      even += a[k] * b[k];
      odd += a[k + 1] * b[k + 1];
    }
    return even + odd + (k < a.length ? a[k] * b[k] : 0);
  }
}
