package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * The best slots that a traversal has met, nearest first, score and slot packed in a long, with a
 * mark on those whose links were followed. One sorted array serves as the queue of candidates and
 * as the queue of results: at the usual {@code ef} moving some longs costs less than two heaps.
 */
final class Candidates {
  private long[] entries = new long[128];
  private int size;
  private int limit;

  /** The first entry that may not have been followed. */
  private int next;

  void reset(int ef) {
    size = 0;
    next = 0;
    limit = ef;
  }

  int size() {
    return size;
  }

  /** Returns how many there may be. */
  int limit() {
    return limit;
  }

  /** Packs so that a nearer slot is a smaller number; NaN is farthest. */
  static long pack(float score, int slot) {
    int bits = Float.floatToRawIntBits(Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score);
    bits ^= bits >> 31 & Integer.MAX_VALUE;
    return (long) ~bits << 32 | (long) slot << 1;
  }

  static int slot(long entry) {
    return (int) entry >>> 1;
  }

  static float score(long entry) {
    int bits = ~(int) (entry >> 32);
    return Float.intBitsToFloat(bits ^ (bits >> 31 & Integer.MAX_VALUE));
  }

  int slot(int i) {
    return slot(entries[i]);
  }

  float score(int i) {
    return score(entries[i]);
  }

  void offer(float score, int slot) {
    long entry = pack(score, slot);
    if (size == limit) {
      if (entry >= entries[size - 1]) {
        return;
      }
      size--;
    } else if (size == entries.length) {
      entries = Arrays.copyOf(entries, 2 * size);
    }
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries[middle] < entry) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    System.arraycopy(entries, low, entries, low + 1, size - low);
    entries[low] = entry;
    size++;
    next = Math.min(next, low);
  }

  /** Returns the nearest slot that was not followed yet and marks it, or -1. */
  int follow() {
    while (next < size) {
      long entry = entries[next];
      entries[next++] = entry | 1;
      if ((entry & 1) == 0) {
        return slot(entry);
      }
    }
    return -1;
  }

  /** Copies the entries, without their marks, and returns how many. */
  int copyTo(long[] out) {
    for (int i = 0; i < size; i++) {
      out[i] = entries[i] & ~1L;
    }
    return size;
  }
}
