package dev.recsys.data;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Rules by which ratings go into the parts of a split: each returns the part of every row. */
final class Parts {
  static final byte TRAIN = 0;
  static final byte VALIDATION = 1;
  static final byte TEST = 2;

  private Parts() {}

  /** All rows alike. */
  static byte[] random(Ratings ratings, Fractions fractions, long seed) {
    byte[] parts = new byte[ratings.size()];
    int[] rows = IntStream.range(0, parts.length).toArray();
    assign(parts, rows, 0, rows.length, fractions, new Random(seed));
    return parts;
  }

  /** Each user's rows apart, users by ascending id. */
  static byte[] perUser(Ratings ratings, Fractions fractions, long seed) {
    byte[] parts = new byte[ratings.size()];
    int[] rows = byUser(ratings);
    Random random = new Random(seed);
    for (int from = 0; from < rows.length; ) {
      int to = end(ratings, rows, from);
      assign(parts, rows, from, to, fractions, random);
      from = to;
    }
    return parts;
  }

  /** The last row of each user is tested, the last but one validates. */
  static byte[] leaveOneOut(Ratings ratings) {
    byte[] parts = new byte[ratings.size()];
    int[] rows = byUser(ratings);
    for (int from = 0; from < rows.length; ) {
      int to = end(ratings, rows, from);
      if (to - from >= 3) {
        parts[rows[to - 1]] = TEST;
        parts[rows[to - 2]] = VALIDATION;
      }
      from = to;
    }
    return parts;
  }

  /** Rows of some ids are tested. */
  static byte[] cold(
      Ratings ratings, IntToLongFunction id, String what, int count, double validation, long seed) {
    Fractions rest = Fractions.of(1 - validation, validation, 0);
    long[] ids = IntStream.range(0, ratings.size()).mapToLong(id).sorted().distinct().toArray();
    if (count < 0 || count > ids.length) {
      throw new IllegalArgumentException(
          "%s to hold out must be from 0 to the %d that have ratings, not %d"
              .formatted(what, ids.length, count));
    }
    Random random = new Random(seed);
    int[] order = IntStream.range(0, ids.length).toArray();
    shuffle(order, 0, order.length, random);
    long[] held = IntStream.range(0, count).mapToLong(i -> ids[order[i]]).sorted().toArray();
    byte[] parts = new byte[ratings.size()];
    int[] others =
        IntStream.range(0, parts.length)
            .filter(row -> Arrays.binarySearch(held, id.applyAsLong(row)) < 0)
            .toArray();
    Arrays.fill(parts, TEST);
    assign(parts, others, 0, others.length, rest, random);
    return parts;
  }

  /** Shuffles rows[from, to); the first are tested, the next validate, the others train. */
  private static void assign(
      byte[] parts, int[] rows, int from, int to, Fractions fractions, Random random) {
    shuffle(rows, from, to, random);
    int size = to - from;
    int testEnd = (int) Math.round(size * fractions.test());
    long untilTrain = Math.round(size * (fractions.test() + fractions.validation()));
    int validationEnd = (int) Math.min(untilTrain, size);
    for (int i = 0; i < size; i++) {
      parts[rows[from + i]] = i < testEnd ? TEST : i < validationEnd ? VALIDATION : TRAIN;
    }
  }

  /**
   * Source: Ronald Fisher and Frank Yates; from the end, as in Knuth, TAOCP 2, algorithm 3.4.2P.
   */
  private static void shuffle(int[] rows, int from, int to, Random random) {
    for (int i = to - from - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = rows[from + i];
      rows[from + i] = rows[from + j];
      rows[from + j] = swapped;
    }
  }

  /** All rows by user, the user's by time, those of one time as they come. */
  private static int[] byUser(Ratings ratings) {
    return IntStream.range(0, ratings.size())
        .boxed()
        .sorted(
            (a, b) -> {
              int users = Long.compare(ratings.user(a), ratings.user(b));
              return users != 0 ? users : Long.compare(ratings.time(a), ratings.time(b));
            })
        .mapToInt(row -> row)
        .toArray();
  }

  private static int end(Ratings ratings, int[] rows, int from) {
    int to = from + 1;
    while (to < rows.length && ratings.user(rows[to]) == ratings.user(rows[from])) {
      to++;
    }
    return to;
  }
}
