package dev.recsys.index.filter;

import java.util.Arrays;

/**
 * From primary keys to rows: open addressing with linear probing, at most half full. Keys are not
 * kept here but read from their column, which has a value for every row that is in here.
 */
final class KeyRows {
  /** What {@link #find} returns for a key that no row has. */
  static final int ABSENT = -1;

  private static final int MIX = 0x9E3779B9;
  private static final int MIN_BITS = 4;

  private final Columns.Column column;
  private int[] rows = empty(1 << MIN_BITS);
  private int shift = Integer.SIZE - MIN_BITS;
  private int size;

  KeyRows(Columns.Column column) {
    this.column = column;
  }

  private static int[] empty(int length) {
    int[] rows = new int[length];
    Arrays.fill(rows, ABSENT);
    return rows;
  }

  /** Returns the key of a row, a Long or a String. */
  Object key(int row) {
    return column instanceof Columns.Longs longs
        ? (Object) longs.get(row)
        : ((Columns.Texts) column).get(row);
  }

  /** Returns the row of a key, a Long or a String. */
  int find(Object key) {
    return rows[place(key)];
  }

  private int place(Object key) {
    int at = home(key);
    while (rows[at] != ABSENT && !has(rows[at], key)) {
      at = (at + 1) & (rows.length - 1);
    }
    return at;
  }

  private boolean has(int row, Object key) {
    return column instanceof Columns.Longs longs
        ? key instanceof Long number && longs.get(row) == number
        : ((Columns.Texts) column).get(row).equals(key);
  }

  private int home(Object key) {
    return (key.hashCode() * MIX) >>> shift;
  }

  /** Adds a row whose key, by now in the column, no other row has. */
  void add(int row) {
    rows[place(key(row))] = row;
    if (2 * ++size > rows.length) {
      grow();
    }
  }

  private void grow() {
    int[] old = rows;
    rows = empty(2 * old.length);
    shift--;
    for (int row : old) {
      if (row != ABSENT) {
        rows[place(key(row))] = row;
      }
    }
  }

  /** Removes a row, whose key is still in the column. */
  void remove(int row) {
    int hole = place(key(row));
    int mask = rows.length - 1;
    for (int at = (hole + 1) & mask; rows[at] != ABSENT; at = (at + 1) & mask) {
      // a row may fill the hole unless its home lies behind the hole
      int home = home(key(rows[at]));
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        rows[hole] = rows[at];
        hole = at;
      }
    }
    rows[hole] = ABSENT;
    size--;
  }
}
