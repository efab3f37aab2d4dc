package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** How much each item speaks for each other one; see {@link RankingFit}. */
final class ItemWeights {
  /** Keeps the popularity of an item without ratings above 0, in means of the diagonal. */
  private static final double LEAST_POPULARITY = 0.01;

  private ItemWeights() {}

  /**
   * Makes the weights.
   *
   * @param gram items x items
   * @param ridge penalty, in means of its diagonal
   * @param dropout penalty, in shares of each item's own place in the diagonal
   * @param popularityDamping power of an item's popularity by which its weights are divided
   * @return items x items: row i says what a rating of item i adds to the score of each item
   */
  static float[] of(
      NDManager manager,
      float[] gram,
      int items,
      double ridge,
      double dropout,
      double popularityDamping) {
    double[] diagonal = new double[items];
    double mean = 0;
    for (int i = 0; i < items; i++) {
      diagonal[i] = gram[i * items + i];
      mean += diagonal[i] / items;
    }
    float[] weights = inverse(manager, penalised(gram, diagonal, ridge * mean, dropout), items);
    double[] factors = new double[items];
    for (int i = 0; i < items; i++) {
      double popularity = diagonal[i] / mean + LEAST_POPULARITY;
      factors[i] = -Math.pow(popularity, -popularityDamping) / weights[i * items + i];
    }
    for (int i = 0; i < items; i++) {
      for (int j = 0; j < items; j++) {
        weights[i * items + j] *= i == j ? 0 : (float) factors[j];
      }
    }
    return weights;
  }

  private static float[] penalised(float[] gram, double[] diagonal, double ridge, double dropout) {
    float[] penalised = gram.clone();
    int items = diagonal.length;
    for (int i = 0; i < items; i++) {
      penalised[i * items + i] += (float) (ridge + dropout * diagonal[i]);
    }
    return penalised;
  }

  private static float[] inverse(NDManager manager, float[] matrix, int size) {
    try (NDArray array = manager.create(matrix, new Shape(size, size));
        NDArray inverse = array.inverse()) {
      return inverse.toFloatArray();
    }
  }
}
