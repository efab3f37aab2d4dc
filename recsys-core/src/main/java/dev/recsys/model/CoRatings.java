package dev.recsys.model;

/** Gram matrices of users' ratings, each of a weight: items x items, symmetric. */
final class CoRatings {
  private CoRatings() {}

  /** Weighs ratings. */
  interface Weights {
    /** Returns the weight of a user's rating, the number of which the history knows. */
    float of(int user, int rating);
  }

  static float[] gram(History history, int items, Weights weights) {
    float[] gram = new float[items * items];
    for (int user = 1; user < history.users(); user++) {
      Cancellation.check(RankingFit.WHAT);
      int start = history.start(user);
      int count = history.count(user);
      int[] columns = new int[count];
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        columns[i] = history.item(start + i) - 1;
        values[i] = weights.of(user, start + i);
      }
      addProducts(gram, items, columns, values);
    }
    mirror(gram, items);
    return gram;
  }

  /** Adds the products of all pairs on and above the diagonal; columns ascend. */
  private static void addProducts(float[] gram, int items, int[] columns, float[] values) {
    for (int i = 0; i < columns.length; i++) {
      int row = columns[i] * items;
      for (int j = i; j < columns.length; j++) {
        gram[row + columns[j]] += values[i] * values[j];
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
