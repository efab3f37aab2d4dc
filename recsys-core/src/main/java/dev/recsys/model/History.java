package dev.recsys.model;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The items that each user rated, sorted, each once. Knows nothing of DJL. */
final class History {
  private static final String OFFSETS = "history.offsets";
  private static final String ITEMS = "history.items";

  private final int[] offsets;
  private final long[] items;

  private History(int[] offsets, long[] items) {
    this.offsets = offsets;
    this.items = items;
  }

  /** Training and validation ratings of a split. */
  static History of(Split split, FeatureEncoder encoder) {
    int[] offsets = new int[encoder.userRows() + 1];
    count(split.train(), encoder, offsets);
    count(split.validation(), encoder, offsets);
    for (int row = 1; row < offsets.length; row++) {
      offsets[row] += offsets[row - 1];
    }
    long[] items = new long[offsets[offsets.length - 1]];
    int[] next = offsets.clone();
    fill(split.train(), encoder, next, items);
    fill(split.validation(), encoder, next, items);
    return new History(offsets, distinct(offsets, items));
  }

  /** Sorts each user's items, drops those that come again and moves the offsets accordingly. */
  private static long[] distinct(int[] offsets, long[] items) {
    int size = 0;
    int from = 0;
    for (int row = 0; row + 1 < offsets.length; row++) {
      int to = offsets[row + 1];
      Arrays.sort(items, from, to);
      for (int i = from; i < to; i++) {
        if (size == offsets[row] || items[i] != items[size - 1]) {
          items[size++] = items[i];
        }
      }
      offsets[row + 1] = size;
      from = to;
    }
    return Arrays.copyOf(items, size);
  }

  private static void count(Ratings ratings, FeatureEncoder encoder, int[] offsets) {
    for (int i = 0; i < ratings.size(); i++) {
      offsets[encoder.userRow(ratings.user(i)) + 1]++;
    }
  }

  private static void fill(Ratings ratings, FeatureEncoder encoder, int[] next, long[] items) {
    for (int i = 0; i < ratings.size(); i++) {
      items[next[encoder.userRow(ratings.user(i))]++] = ratings.item(i);
    }
  }

  /**
   * Takes over what {@link #tensors} gave.
   *
   * @throws IllegalArgumentException when they do not fit each other or the number of users
   */
  static History of(Map<String, Tensor> tensors, int userRows) {
    int count = Tensor.get(tensors, ITEMS).size();
    Tensor.require(
        Map.of(
            OFFSETS, Tensor.describe(Tensor.Type.I32, userRows + 1),
            ITEMS, Tensor.describe(Tensor.Type.I64, count)),
        tensors);
    int[] offsets = Tensor.get(tensors, OFFSETS).ints();
    for (int row = 0; row < userRows; row++) {
      if (offsets[row] > offsets[row + 1]) {
        throw new IllegalArgumentException(
            "expected "
                + OFFSETS
                + " to ascend, found "
                + offsets[row]
                + " before "
                + offsets[row + 1]);
      }
    }
    if (offsets[0] != 0 || offsets[userRows] != count) {
      throw new IllegalArgumentException(
          "expected "
              + OFFSETS
              + " from 0 to "
              + count
              + ", found "
              + offsets[0]
              + " to "
              + offsets[userRows]);
    }
    return new History(offsets, Tensor.get(tensors, ITEMS).longs());
  }

  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(OFFSETS, Tensor.of(offsets, offsets.length));
    tensors.put(ITEMS, Tensor.of(items, items.length));
    return tensors;
  }

  /** Sorted item ids of the user in that row. */
  long[] items(int row) {
    return Arrays.copyOfRange(items, offsets[row], offsets[row + 1]);
  }
}
