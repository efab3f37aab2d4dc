package dev.recsys.index.embedded;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids that entities with VARCHAR keys have in the index of vectors. They are made of the keys,
 * so that an index that was kept in a file fits the next time; rows in the columns need not.
 */
final class TextIds {
  private static final int NO_ROW = -1;

  /** Ids are reserved beside searches. */
  private final Map<Long, Integer> rows = new ConcurrentHashMap<>();

  private long[] ids = new long[8];

  /** Returns an id for a new key, which has no row yet; two keys of one hash get neighbours. */
  long reserve(String key) {
    // of a hash that is easily made to collide, somebody else's keys could make all this slow
    long id = Hashing.sha256().hashString(key, StandardCharsets.UTF_8).asLong();
    while (rows.putIfAbsent(id, NO_ROW) != null) {
      id++;
    }
    return id;
  }

  /** Gives a reserved id its row. */
  void put(int row, long id) {
    rows.put(id, row);
    if (row >= ids.length) {
      ids = Arrays.copyOf(ids, row + (row >> 1) + 1);
    }
    ids[row] = id;
  }

  /** Returns the id of the key in a row. */
  long of(int row) {
    return ids[row];
  }

  /** Returns the row of the key with an id, -1 if there is none. */
  int row(long id) {
    return rows.getOrDefault(id, NO_ROW);
  }

  /** Takes the id of the key in a row back. */
  void remove(int row) {
    rows.remove(ids[row]);
  }
}
