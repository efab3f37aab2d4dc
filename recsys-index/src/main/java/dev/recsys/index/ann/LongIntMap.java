package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * From ids to slots, without boxing: open addressing with linear probing, at most two thirds full;
 * a removal shifts the entries behind it, so that nothing is left to clean up. Values are not
 * negative. Not synchronised; concurrent reads are safe.
 */
final class LongIntMap {
  /** What {@link #get} returns for a key that is not there. */
  static final int ABSENT = -1;

  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int MIN_BITS = 4;

  private long[] keys;
  private int[] values;
  private int shift;
  private int size;

  LongIntMap() {
    this(0);
  }

  /** Makes room for so many entries. */
  LongIntMap(int expected) {
    int bits = Math.max(MIN_BITS, 64 - Long.numberOfLeadingZeros(3L * expected / 2));
    keys = new long[1 << bits];
    values = empty(1 << bits);
    shift = 64 - bits;
  }

  private static int[] empty(int length) {
    int[] values = new int[length];
    Arrays.fill(values, ABSENT);
    return values;
  }

  int size() {
    return size;
  }

  int get(long key) {
    return values[find(key)];
  }

  void put(long key, int value) {
    int at = find(key);
    if (values[at] == ABSENT) {
      size++;
    }
    keys[at] = key;
    values[at] = value;
    if (3L * size > 2L * keys.length) {
      grow();
    }
  }

  /** Removes a key and returns its value, or {@link #ABSENT}. */
  int remove(long key) {
    int hole = find(key);
    int removed = values[hole];
    if (removed == ABSENT) {
      return ABSENT;
    }
    int mask = keys.length - 1;
    for (int at = (hole + 1) & mask; values[at] != ABSENT; at = (at + 1) & mask) {
      // an entry may fill the hole unless its home lies behind the hole
      int home = home(keys[at]);
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        keys[hole] = keys[at];
        values[hole] = values[at];
        hole = at;
      }
    }
    values[hole] = ABSENT;
    size--;
    return removed;
  }

  private int home(long key) {
    return (int) ((key * MIX) >>> shift);
  }

  private int find(long key) {
    int at = home(key);
    while (values[at] != ABSENT && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = empty(keys.length);
    shift--;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != ABSENT) {
        int at = find(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
