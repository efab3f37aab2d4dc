package dev.recsys.model;

import dev.recsys.data.Ratings;
import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each user gave which items, sorted by item, each item once: of several ratings the last
 * counts. The ratings of the user in row u are those from {@code start(u)} to {@code start(u + 1)}.
 * Knows nothing of DJL.
 */
final class History {
  private static final String OFFSETS = "history.offsets";
  private static final String ITEMS = "history.items";
  private static final String STARS = "history.stars";

  private final int[] offsets;
  private final int[] items;
  private final float[] stars;

  private History(int[] offsets, int[] items, float[] stars) {
    this.offsets = offsets;
    this.items = items;
    this.stars = stars;
  }

  /** The ratings of several parts of a split, which follow each other in time. */
  static History of(FeatureEncoder encoder, Ratings... parts) {
    int[] offsets = new int[encoder.userRows() + 1];
    for (Ratings part : parts) {
      for (int i = 0; i < part.size(); i++) {
        offsets[encoder.userRow(part.user(i)) + 1]++;
      }
    }
    for (int row = 1; row < offsets.length; row++) {
      offsets[row] += offsets[row - 1];
    }
    int size = offsets[offsets.length - 1];
    long[] entries = new long[size];
    float[] given = new float[size];
    int[] next = offsets.clone();
    int place = 0;
    for (Ratings part : parts) {
      for (int i = 0; i < part.size(); i++) {
        given[place] = part.stars(i);
        entries[next[encoder.userRow(part.user(i))]++] =
            (long) encoder.itemRow(part.item(i)) << Integer.SIZE | place++;
      }
    }
    return distinct(offsets, entries, given);
  }

  /**
   * Sorts each user's entries and keeps the last of each item.
   *
   * @param entries row of the item above, place in {@code given} below
   */
  private static History distinct(int[] offsets, long[] entries, float[] given) {
    int[] items = new int[entries.length];
    float[] stars = new float[entries.length];
    int size = 0;
    int from = 0;
    for (int row = 0; row + 1 < offsets.length; row++) {
      int to = offsets[row + 1];
      Arrays.sort(entries, from, to);
      for (int i = from; i < to; i++) {
        int item = (int) (entries[i] >>> Integer.SIZE);
        if (size > offsets[row] && items[size - 1] == item) {
          size--;
        }
        items[size] = item;
        stars[size++] = given[(int) entries[i]];
      }
      offsets[row + 1] = size;
      from = to;
    }
    return new History(offsets, Arrays.copyOf(items, size), Arrays.copyOf(stars, size));
  }

  /**
   * Takes over what {@link #tensors} gave.
   *
   * @throws IllegalArgumentException when they do not fit each other or the encoder's rows
   */
  static History of(Map<String, Tensor> tensors, FeatureEncoder encoder) {
    int users = encoder.userRows();
    int count = Tensor.get(tensors, ITEMS).size();
    Tensor.require(
        Map.of(
            OFFSETS, Tensor.describe(Tensor.Type.I32, users + 1),
            ITEMS, Tensor.describe(Tensor.Type.I32, count),
            STARS, Tensor.describe(Tensor.Type.F32, count)),
        tensors);
    History history =
        new History(
            Tensor.get(tensors, OFFSETS).ints(),
            Tensor.get(tensors, ITEMS).ints(),
            Tensor.get(tensors, STARS).floats());
    history.requireOffsets(users, count);
    history.requireRatings(encoder.itemRows());
    return history;
  }

  private void requireOffsets(int users, int count) {
    for (int row = 0; row < users; row++) {
      if (offsets[row] > offsets[row + 1]) {
        throw new IllegalArgumentException(
            "expected %s to ascend, found %d before %d"
                .formatted(OFFSETS, offsets[row], offsets[row + 1]));
      }
    }
    if (offsets[0] != 0 || offsets[users] != count) {
      throw new IllegalArgumentException(
          "expected %s from 0 to %d, found %d to %d"
              .formatted(OFFSETS, count, offsets[0], offsets[users]));
    }
  }

  private void requireRatings(int itemRows) {
    for (int i = 0; i < items.length; i++) {
      if (items[i] < 1 || items[i] >= itemRows) {
        throw new IllegalArgumentException(
            "expected %s[%d] in [1, %d), found %d".formatted(ITEMS, i, itemRows, items[i]));
      }
      if (!(stars[i] >= 1 && stars[i] <= RankingSettings.LEVELS)) {
        throw new IllegalArgumentException(
            "expected %s[%d] in [1, %d], found %s"
                .formatted(STARS, i, RankingSettings.LEVELS, stars[i]));
      }
    }
  }

  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(OFFSETS, Tensor.of(offsets, offsets.length));
    tensors.put(ITEMS, Tensor.of(items, items.length));
    tensors.put(STARS, Tensor.of(stars, stars.length));
    return tensors;
  }

  /** The number of rows of users, row 0, which has no ratings, included. */
  int users() {
    return offsets.length - 1;
  }

  /** The number of all ratings. */
  int size() {
    return items.length;
  }

  /** Where the ratings of the user in that row begin; those of the row before end there. */
  int start(int user) {
    return offsets[user];
  }

  /** The number of ratings of the user in that row. */
  int count(int user) {
    return offsets[user + 1] - offsets[user];
  }

  /** The row of the item of a rating. */
  int item(int rating) {
    return items[rating];
  }

  /** The stars of a rating. */
  float stars(int rating) {
    return stars[rating];
  }

  /** Whether the user in that row rated the item in that one. */
  boolean has(int user, int item) {
    return Arrays.binarySearch(items, offsets[user], offsets[user + 1], item) >= 0;
  }
}
