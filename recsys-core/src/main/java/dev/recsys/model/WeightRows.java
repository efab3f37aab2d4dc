package dev.recsys.model;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What is known of users' and items' weights before and after training, from their ratings. */
final class WeightRows {
  private final TrainingData.Rows ratings;
  private final int users;
  private final int items;

  WeightRows(TrainingData data) {
    this.ratings = data.train();
    this.users = data.encoder().userRows();
    this.items = data.encoder().itemRows();
  }

  /**
   * Starts biases and mean from the ratings: each item's mean distance from the mean of all, then
   * each user's from what mean and item explain, both damped: few ratings move a bias little.
   */
  void initialiseBiases(Map<String, Tensor> weights, TrainingSettings settings) {
    double mean = 0;
    for (float label : ratings.labels()) {
      mean += label / ratings.size();
    }
    float[] residuals = ratings.labels().clone();
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= (float) mean;
    }
    float[] item = damped(residuals, ratings.items(), items, settings.start().biasDamping());
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= item[ratings.items()[i]];
    }
    float[] user = damped(residuals, ratings.users(), users, settings.start().biasDamping());
    weights.put(ParameterNames.bias(ParameterNames.ITEM), Tensor.of(item, items, 1));
    weights.put(ParameterNames.bias(ParameterNames.USER), Tensor.of(user, users, 1));
    weights.put(ParameterNames.MEAN, Tensor.of(new float[] {(float) mean}, 1, 1));
    weights.put(
        ParameterNames.SCALE, Tensor.of(new float[] {(float) settings.start().scale()}, 1, 1));
  }

  private static float[] damped(float[] values, int[] column, int rows, double damping) {
    double[] sums = new double[rows];
    int[] counts = new int[rows];
    for (int i = 0; i < values.length; i++) {
      sums[column[i]] += values[i];
      counts[column[i]]++;
    }
    float[] means = new float[rows];
    for (int row = 0; row < rows; row++) {
      means[row] = counts[row] == 0 ? 0 : (float) (sums[row] / (counts[row] + damping));
    }
    return means;
  }

  /**
   * Gives ids without a training rating the row of the unknown: their own has learned nothing.
   *
   * @return the weights, of which only the tables of ids are new
   */
  Map<String, Tensor> withoutUntrained(Map<String, Tensor> weights) {
    Map<String, Tensor> shared = new TreeMap<>(weights);
    share(shared, ParameterNames.USER, trained(ratings.users(), users));
    share(shared, ParameterNames.ITEM, trained(ratings.items(), items));
    return shared;
  }

  private static boolean[] trained(int[] column, int rows) {
    boolean[] trained = new boolean[rows];
    for (int row : column) {
      trained[row] = true;
    }
    return trained;
  }

  private static void share(Map<String, Tensor> weights, String branch, boolean[] trained) {
    weights.computeIfPresent(
        ParameterNames.embedding(branch), (name, table) -> share(table, trained));
    weights.computeIfPresent(ParameterNames.bias(branch), (name, table) -> share(table, trained));
  }

  private static Tensor share(Tensor table, boolean[] trained) {
    float[] values = Arrays.copyOf(table.floats(), table.size());
    int width = table.shape()[1];
    for (int row = 1; row < trained.length; row++) {
      if (!trained[row]) {
        System.arraycopy(values, 0, values, row * width, width);
      }
    }
    return Tensor.of(values, table.shape());
  }
}
