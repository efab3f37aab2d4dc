package dev.recsys.data;

import java.util.Arrays;

/** Ratings as they come. */
final class RatingColumns {
  private long[] users = new long[1 << 10];
  private long[] items = new long[1 << 10];
  private float[] stars = new float[1 << 10];
  private long[] times = new long[1 << 10];
  private int size;

  void add(long user, long item, float rating, long time) {
    if (size == users.length) {
      resize(2 * size);
    }
    users[size] = user;
    items[size] = item;
    times[size] = time;
    stars[size++] = rating;
  }

  private void resize(int length) {
    users = Arrays.copyOf(users, length);
    items = Arrays.copyOf(items, length);
    stars = Arrays.copyOf(stars, length);
    times = Arrays.copyOf(times, length);
  }

  /** Returns what was added, without times; nothing can be added afterwards. */
  Ratings withoutTimes() {
    resize(size);
    return new Ratings(users, items, stars, new long[0]);
  }

  /** Returns all that was added; nothing can be added afterwards. */
  Ratings ratings() {
    resize(size);
    return new Ratings(users, items, stars, times);
  }
}
