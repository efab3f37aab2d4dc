package dev.recsys.eval;

import java.util.stream.IntStream;

/**
 * EASE: weights of every item from all others that minimise the squared error of the likes with a
 * ridge penalty, the diagonal kept at 0. With the matrix X of likes and {@code P = (X'X + lambda
 * I)^-1}, the weight of item i for item j is {@code -P[i][j] / P[j][j]}. Items that nobody liked
 * have none.
 *
 * <p>Source: Harald Steck, Embarrassingly shallow autoencoders for sparse data, WWW 2019, equation
 * 8.
 */
final class Ease extends HistoryModel {
  private static final double LAMBDA = 500;

  private final float[][] weights;

  private Ease(Interactions data, float[][] weights) {
    super(Baseline.EASE, data);
    this.weights = weights;
  }

  static Ease fit(Interactions data) {
    return fit(data, LAMBDA);
  }

  static Ease fit(Interactions data, double lambda) {
    double[][] matrix = new double[data.likedItems()][data.likedItems()];
    IntStream.range(0, matrix.length)
        .parallel()
        .forEach(
            item -> {
              data.addCommonLikes(item, matrix[item]);
              matrix[item][item] += lambda;
            });
    SymmetricMatrix.invert(matrix);
    double[] diagonal = IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][i]).toArray();
    float[][] weights = new float[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        weights[i][j] = i == j ? 0 : (float) (-matrix[i][j] / diagonal[j]);
      }
    }
    return new Ease(data, weights);
  }

  @Override
  void score(int[] liked, float[] scores) {
    for (int item : liked) {
      if (item < weights.length) {
        float[] row = weights[item];
        for (int j = 0; j < row.length; j++) {
          scores[j] += row[j];
        }
      }
    }
  }
}
