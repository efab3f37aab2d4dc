package dev.recsys.data;

import java.util.Arrays;

/**
 * Many ratings, by column: row i says that {@code user(i)} gave {@code item(i)} {@code stars(i)},
 * perhaps at {@code time(i)}. 20 bytes a row, 28 with times. Immutable and safe for many threads.
 */
public final class Ratings {
  private final long[] users;
  private final long[] items;
  private final float[] stars;

  /** Empty when no times are known. */
  private final long[] times;

  /** Keeps the arrays; the caller must not touch them again. */
  Ratings(long[] users, long[] items, float[] stars, long[] times) {
    this.users = users;
    this.items = items;
    this.stars = stars;
    this.times = times;
  }

  /**
   * Returns ratings with these columns, which are copied, and without times.
   *
   * @throws IllegalArgumentException when the columns differ in length, or stars are not in [1, 5]
   */
  public static Ratings of(long[] users, long[] items, float[] stars) {
    check(users, items, stars);
    return new Ratings(users.clone(), items.clone(), stars.clone(), new long[0]);
  }

  /**
   * Returns ratings with these columns, which are copied.
   *
   * @param times when each was given, in any unit that grows
   * @throws IllegalArgumentException when the columns differ in length, or stars are not in [1, 5]
   */
  public static Ratings of(long[] users, long[] items, float[] stars, long[] times) {
    check(users, items, stars);
    if (times.length != users.length) {
      throw new IllegalArgumentException(
          "columns must have one length, not %d users, %d times"
              .formatted(users.length, times.length));
    }
    return new Ratings(users.clone(), items.clone(), stars.clone(), times.clone());
  }

  private static void check(long[] users, long[] items, float[] stars) {
    if (users.length != items.length || users.length != stars.length) {
      throw new IllegalArgumentException(
          "columns must have one length, not %d users, %d items, %d stars"
              .formatted(users.length, items.length, stars.length));
    }
    for (int i = 0; i < stars.length; i++) {
      if (!(stars[i] >= 1 && stars[i] <= 5)) {
        throw new IllegalArgumentException(
            "row %d (user %d, item %d): stars must be in [1, 5], not %s"
                .formatted(i, users[i], items[i], stars[i]));
      }
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return users.length;
  }

  /** Returns the user's id in a row from [0, size). */
  public long user(int row) {
    return users[row];
  }

  /** Returns the item's id in a row from [0, size). */
  public long item(int row) {
    return items[row];
  }

  /** Returns the stars in a row from [0, size), from 1 to 5. */
  public float stars(int row) {
    return stars[row];
  }

  /** Returns whether it is known when the ratings were given. */
  public boolean hasTimes() {
    return times.length > 0;
  }

  /** Returns when the rating in a row from [0, size) was given; 0 when that is not known. */
  public long time(int row) {
    return hasTimes() ? times[row] : 0;
  }

  /**
   * Returns some of the rows, in the order given; a row given twice is there twice.
   *
   * @throws IndexOutOfBoundsException when a row is not in [0, size)
   */
  public Ratings select(int[] rows) {
    long[] someUsers = new long[rows.length];
    long[] someItems = new long[rows.length];
    float[] someStars = new float[rows.length];
    long[] someTimes = new long[hasTimes() ? rows.length : 0];
    for (int i = 0; i < rows.length; i++) {
      someUsers[i] = users[rows[i]];
      someItems[i] = items[rows[i]];
      someStars[i] = stars[rows[i]];
    }
    for (int i = 0; i < someTimes.length; i++) {
      someTimes[i] = times[rows[i]];
    }
    return new Ratings(someUsers, someItems, someStars, someTimes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ratings that
        && Arrays.equals(users, that.users)
        && Arrays.equals(items, that.items)
        && Arrays.equals(stars, that.stars)
        && Arrays.equals(times, that.times);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(users) + Arrays.hashCode(items)) + Arrays.hashCode(stars);
  }

  @Override
  public String toString() {
    return size() + " ratings";
  }
}
