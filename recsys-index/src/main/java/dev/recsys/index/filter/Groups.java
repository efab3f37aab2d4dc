package dev.recsys.index.filter;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of each value of a column, for as long as the values are few; once they are many the
 * index is given up and takes no more memory. Values are known by a key of 64 bits.
 */
final class Groups implements Iterable<RoaringBitmap> {
  /** The most values: testing each of so many costs less than a scan of some thousand rows. */
  static final int MAX_VALUES = 1_024;

  private @Nullable Map<Long, RoaringBitmap> rows = new HashMap<>();

  void add(long value, int row) {
    if (rows == null) {
      return;
    }
    rows.computeIfAbsent(value, key -> new RoaringBitmap()).add(row);
    if (rows.size() > MAX_VALUES) {
      rows = null;
    }
  }

  void remove(long value, int row) {
    if (rows == null) {
      return;
    }
    RoaringBitmap group = rows.get(value);
    if (group != null) {
      group.remove(row);
      if (group.isEmpty()) {
        rows.remove(value);
      }
    }
  }

  boolean kept() {
    return rows != null;
  }

  /** Returns the rows of a value, none if it has none. */
  RoaringBitmap rows(long value) {
    RoaringBitmap group = rows == null ? null : rows.get(value);
    return group == null ? Truth.NOWHERE.yes() : group;
  }

  @Override
  public Iterator<RoaringBitmap> iterator() {
    if (rows == null) {
      throw new IllegalStateException("the index was given up");
    }
    return rows.values().iterator();
  }
}
