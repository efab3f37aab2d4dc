package dev.recsys;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The items that users have seen since the model was trained. Safe for many threads. */
final class SeenItems {
  private static final long[] NONE = {};

  private final Map<Long, long[]> byUser = new ConcurrentHashMap<>();

  void add(long user, long[] items) {
    byUser.merge(user, distinct(items), (before, more) -> distinct(Longs.concat(before, more)));
  }

  private static long[] distinct(long[] items) {
    return Arrays.stream(items).sorted().distinct().toArray();
  }

  /** Returns what a user has seen, not to be changed. */
  long[] of(long user) {
    return byUser.getOrDefault(user, NONE);
  }
}
