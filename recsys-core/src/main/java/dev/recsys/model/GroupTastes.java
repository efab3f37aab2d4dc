package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.Map;

/**
 * What people like before they have said anything: the mean of all users' weighted ratings, and by
 * how much the mean of those who share an attribute's value differs from it, damped where they are
 * few. Ratings are taken as their shares in the axes of the scores.
 */
final class GroupTastes {
  private final FeatureEncoder encoder;
  private final RankingSettings settings;
  private final History history;
  private final int dimension;
  private final float[] tastes;
  private final double[] mean;

  /**
   * @param items vectors of the items, from row 1, one after the other
   */
  GroupTastes(
      FeatureEncoder encoder,
      RankingSettings settings,
      History history,
      float[] items,
      int dimension) {
    this.encoder = encoder;
    this.settings = settings;
    this.history = history;
    this.dimension = dimension;
    this.tastes = tastes(items);
    this.mean = mean();
  }

  private float[] tastes(float[] items) {
    float[] sums = new float[history.users() * dimension];
    float[] weights = settings.weights();
    for (int user = 1; user < history.users(); user++) {
      int end = history.start(user) + history.count(user);
      for (int rating = history.start(user); rating < end; rating++) {
        float weight = RankingSettings.weight(weights, history.stars(rating));
        int from = (history.item(rating) - 1) * dimension;
        for (int i = 0; i < dimension; i++) {
          sums[user * dimension + i] += weight * items[from + i];
        }
      }
    }
    return sums;
  }

  private double[] mean() {
    double[] sum = new double[dimension];
    int raters = 0;
    for (int user = 1; user < history.users(); user++) {
      if (history.count(user) > 0) {
        raters++;
        for (int i = 0; i < dimension; i++) {
          sum[i] += tastes[user * dimension + i];
        }
      }
    }
    int divisor = Math.max(1, raters);
    return Arrays.stream(sum).map(value -> value / divisor).toArray();
  }

  /**
   * Puts the tables.
   *
   * @param users rows of all users, from row 1
   */
  void putTables(Tensor users, Map<String, Tensor> tensors) {
    float[] everybody = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      everybody[i] = (float) (settings.prior() * mean[i]);
    }
    tensors.put(RankingForm.EVERYBODY, Tensor.of(everybody, dimension));
    int slots = users.shape()[1];
    for (int slot = 1; slot < slots; slot++) {
      String attribute = encoder.schema().userAttributes().get(slot - 1).name();
      tensors.put(RankingForm.table(attribute), table(attribute, users.ints(), slot, slots));
    }
  }

  private Tensor table(String attribute, int[] userRows, int slot, int slots) {
    int values = encoder.vocabulary(attribute).size();
    double[] differences = new double[values * dimension];
    int[] counts = new int[values];
    for (int user = 1; user < history.users(); user++) {
      int value = userRows[(user - 1) * slots + slot];
      if (value > 0 && history.count(user) > 0) {
        counts[value]++;
        for (int i = 0; i < dimension; i++) {
          differences[value * dimension + i] += tastes[user * dimension + i] - mean[i];
        }
      }
    }
    float[] table = new float[differences.length];
    for (int i = 0; i < table.length; i++) {
      double divisor = Math.max(1, counts[i / dimension] + settings.attributeDamping());
      table[i] = (float) (settings.prior() * differences[i] / divisor);
    }
    return Tensor.of(table, values, dimension);
  }
}
