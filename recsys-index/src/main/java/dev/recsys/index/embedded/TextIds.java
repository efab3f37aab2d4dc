package dev.recsys.index.embedded;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids that entities with VARCHAR keys have in the index of vectors. They are made of the keys,
 * so that an index that was kept in a file fits the next time; rows in the columns need not.
 */
final class TextIds {
  private final Map<Long, Integer> rows = new HashMap<>();
  private long[] ids = new long[8];

  /** Gives the key in a row its id; two keys of one hash get neighbours. */
  long put(int row, String key) {
    // of a hash that is easily made to collide, somebody else's keys could make all this slow
    long id = Hashing.sha256().hashString(key, StandardCharsets.UTF_8).asLong();
    while (rows.putIfAbsent(id, row) != null) {
      id++;
    }
    if (row >= ids.length) {
      ids = Arrays.copyOf(ids, row + (row >> 1) + 1);
    }
    ids[row] = id;
    return id;
  }

  /** Returns the id of the key in a row. */
  long of(int row) {
    return ids[row];
  }

  /** Returns the row of the key with an id, -1 if there is none. */
  int row(long id) {
    return rows.getOrDefault(id, -1);
  }

  /** Takes the id of the key in a row back. */
  void remove(int row) {
    rows.remove(ids[row]);
  }
}
