package dev.recsys.model;

import dev.recsys.data.Rating;
import dev.recsys.features.FeatureEncoder;
import java.util.List;

/** All that a user has rated: what the model remembers, and what was given since. Immutable. */
final class UserRatings {
  private static final int[] NONE = {};

  private final FeatureEncoder encoder;
  private final History history;

  /** Takes ratings. */
  interface Taker {
    /** Takes the rating of the item in that row, from 1. */
    void take(int item, float stars);
  }

  UserRatings(FeatureEncoder encoder, History history) {
    this.encoder = encoder;
    this.history = history;
  }

  /**
   * Hands over the last rating of each item, first those remembered.
   *
   * @param user the user's row
   * @param given since, in order
   * @throws IllegalArgumentException when a rating given is of an unknown item
   */
  void forEach(int user, List<Rating> given, Taker taker) {
    int[] fresh = rows(given);
    int end = history.start(user) + history.count(user);
    for (int rating = history.start(user); rating < end; rating++) {
      if (!contains(fresh, 0, history.item(rating))) {
        taker.take(history.item(rating), history.stars(rating));
      }
    }
    for (int i = 0; i < fresh.length; i++) {
      if (!contains(fresh, i + 1, fresh[i])) {
        taker.take(fresh[i], given.get(i).stars());
      }
    }
  }

  private int[] rows(List<Rating> given) {
    int[] rows = given.isEmpty() ? NONE : new int[given.size()];
    for (int i = 0; i < rows.length; i++) {
      long item = given.get(i).item();
      rows[i] = encoder.itemRow(item);
      if (rows[i] == 0) {
        throw new IllegalArgumentException(
            "rating of item %d: it is not one of the model's %d items"
                .formatted(item, encoder.itemRows() - 1));
      }
    }
    return rows;
  }

  private static boolean contains(int[] rows, int from, int row) {
    for (int i = from; i < rows.length; i++) {
      if (rows[i] == row) {
        return true;
      }
    }
    return false;
  }
}
