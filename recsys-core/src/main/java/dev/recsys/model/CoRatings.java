package dev.recsys.model;

/**
 * The Gram matrix of the users' weighted ratings, items x items in row-major order: how much two
 * items are rated together. The share of a user with n ratings is divided by {@code n} to twice
 * {@link RankingSettings#activityDamping}, since who rates everything says little about each.
 */
final class CoRatings {
  private CoRatings() {}

  static float[] gram(History history, RankingSettings settings, int items) {
    float[] gram = new float[items * items];
    float[] stars = settings.weights();
    for (int user = 1; user < history.users(); user++) {
      Cancellation.check(RankingFit.WHAT);
      int start = history.start(user);
      int count = history.count(user);
      float share = (float) Math.pow(Math.max(1, count), -settings.activityDamping());
      int[] columns = new int[count];
      float[] weights = new float[count];
      for (int i = 0; i < count; i++) {
        columns[i] = history.item(start + i) - 1;
        weights[i] = share * RankingSettings.weight(stars, history.stars(start + i));
      }
      addProducts(gram, items, columns, weights);
    }
    mirror(gram, items);
    return gram;
  }

  /** Adds the products of all pairs on and above the diagonal; columns ascend. */
  private static void addProducts(float[] gram, int items, int[] columns, float[] weights) {
    for (int i = 0; i < columns.length; i++) {
      int row = columns[i] * items;
      for (int j = i; j < columns.length; j++) {
        gram[row + columns[j]] += weights[i] * weights[j];
      }
    }
  }

  private static void mirror(float[] gram, int items) {
    for (int i = 0; i < items; i++) {
      for (int j = 0; j < i; j++) {
        gram[i * items + j] = gram[j * items + i];
      }
    }
  }
}
