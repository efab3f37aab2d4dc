package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who liked what in the training and validation parts of a split, the whole of what a baseline
 * learns from. Items are numbered by falling number of likes, those of as many by their id: of two
 * items with one score, the first by number is the more popular. Immutable.
 */
final class Interactions {
  private final long[] ids;
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final int[][] byUser;
  private final int[][] byItem;

  private Interactions(long[] ids, List<List<Rating>> histories) {
    this.ids = ids;
    for (int number = 0; number < ids.length; number++) {
      numbers.put(ids[number], number);
    }
    this.byUser = histories.stream().map(this::liked).toArray(int[][]::new);
    this.byItem = transposed(byUser, ids.length);
  }

  static Interactions of(Split split) {
    Map<Long, Integer> likes = new HashMap<>();
    Map<Long, List<Rating>> byUser = new HashMap<>();
    for (Ratings part : List.of(split.train(), split.validation())) {
      for (int i = 0; i < part.size(); i++) {
        Rating rating = new Rating(part.item(i), part.stars(i));
        byUser.computeIfAbsent(part.user(i), user -> new ArrayList<>()).add(rating);
        if (TestUser.isLiked(rating)) {
          likes.merge(rating.item(), 1, Integer::sum);
        }
      }
    }
    Comparator<Long> popular = Comparator.comparing(id -> -likes.getOrDefault(id, 0));
    long[] ids =
        split.dataset().items().stream()
            .map(Item::id)
            .sorted(popular.thenComparing(Comparator.naturalOrder()))
            .mapToLong(id -> id)
            .toArray();
    return new Interactions(ids, byUser.keySet().stream().sorted().map(byUser::get).toList());
  }

  private static int[][] transposed(int[][] rows, int columns) {
    int[] counts = new int[columns];
    for (int[] row : rows) {
      for (int column : row) {
        counts[column]++;
      }
    }
    int[][] transposed = new int[columns][];
    Arrays.setAll(transposed, column -> new int[counts[column]]);
    for (int row = rows.length - 1; row >= 0; row--) {
      for (int column : rows[row]) {
        transposed[column][--counts[column]] = row;
      }
    }
    return transposed;
  }

  int items() {
    return ids.length;
  }

  /** Returns how many items anybody liked; they have the numbers below. */
  int likedItems() {
    int liked = ids.length;
    while (liked > 0 && byItem[liked - 1].length == 0) {
      liked--;
    }
    return liked;
  }

  long id(int number) {
    return ids[number];
  }

  /** Returns the ascending numbers of what a history says was liked, of the items known. */
  int[] liked(List<Rating> history) {
    return history.stream()
        .filter(TestUser::isLiked)
        .filter(rating -> numbers.containsKey(rating.item()))
        .mapToInt(rating -> numbers.getOrDefault(rating.item(), 0))
        .sorted()
        .distinct()
        .toArray();
  }

  /** Returns for every user the ascending numbers of the items liked; not to be changed. */
  int[][] byUser() {
    return byUser;
  }

  /** Returns for every item the ascending numbers of the users who liked it; not to be changed. */
  int[][] byItem() {
    return byItem;
  }

  /** Adds to each item's count the number of users who liked it and this item. */
  void addCommonLikes(int item, double[] counts) {
    for (int user : byItem[item]) {
      for (int other : byUser[user]) {
        counts[other]++;
      }
    }
  }
}
