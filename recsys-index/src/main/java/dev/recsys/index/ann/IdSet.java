package dev.recsys.index.ann;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a search may find, as a filter whose members an index can count and enumerate: where
 * they are few it looks these up instead of asking for every id that it meets. Immutable, safe for
 * many threads.
 *
 * <p>Dense ids are bits over their range, others an open hash table. A set that is kept and handed
 * over again and again is searched in several times as fast by an {@link HnswIndex}, which then
 * remembers with it what it found accepted: 35 to 140 bytes an id, given up when memory is short.
 */
public final class IdSet implements LongPredicate {
  /** A range is held as bits if it has at most this many times as many ids. */
  private static final int SPARSE = 64;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long first;
  private final long[] words;
  private final long[] table;
  private final int shift;
  private final boolean hasZero;
  private final int size;

  /** For the index that was searched last, as long as there is room for it. */
  private volatile @Nullable SoftReference<FilterMemory> memory;

  private IdSet(long[] sorted, int count) {
    this.size = count;
    this.first = count == 0 ? 0 : sorted[0];
    long range = count == 0 ? 0 : sorted[count - 1] - first + 1;
    // a range beyond 63 bits comes out as none
    boolean dense = count == 0 || (range > 0 && range <= (long) SPARSE * count);
    this.words = new long[dense ? (int) ((range + 63) >>> 6) : 0];
    int bits = 65 - Long.numberOfLeadingZeros(Math.max(1, count));
    this.table = new long[dense ? 0 : 1 << bits];
    this.shift = 64 - bits;
    this.hasZero = !dense && Arrays.binarySearch(sorted, 0, count, 0) >= 0;
    for (int i = 0; i < count; i++) {
      if (dense) {
        long offset = sorted[i] - first;
        words[(int) (offset >>> 6)] |= 1L << offset;
      } else if (sorted[i] != 0) {
        table[find(sorted[i])] = sorted[i];
      }
    }
  }

  /** Returns the set of some ids, in any order; one that is there twice counts once. */
  public static IdSet of(long... ids) {
    long[] sorted = ids.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return new IdSet(sorted, count);
  }

  /** Returns the set of the ids whose bits are set; the bits are copied. */
  public static IdSet of(BitSet bits) {
    return of(bits.stream().asLongStream().toArray());
  }

  /** Returns how many ids there are. */
  public int size() {
    return size;
  }

  @Override
  public boolean test(long id) {
    if (table.length == 0) {
      long offset = id - first;
      return offset >= 0
          && offset >>> 6 < words.length
          && (words[(int) (offset >>> 6)] >>> offset & 1) != 0;
    }
    return id == 0 ? hasZero : table[find(id)] == id;
  }

  private int find(long id) {
    int at = (int) ((id * MIX) >>> shift);
    while (table[at] != 0 && table[at] != id) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  /** Returns what is remembered for searches of an index. */
  FilterMemory memory(LiveGraph live) {
    SoftReference<FilterMemory> reference = memory;
    FilterMemory known = reference == null ? null : reference.get();
    if (known == null || !known.isOf(live)) {
      known = new FilterMemory(this, live);
      memory = new SoftReference<>(known);
    }
    return known;
  }

  /**
   * Returns the first place from {@code from} on that holds an id, or -1. All ids are met by {@code
   * for (int i = next(0); i >= 0; i = next(i + 1))}.
   */
  int next(int from) {
    if (table.length == 0) {
      return nextBit(from);
    }
    for (int i = from; i < table.length; i++) {
      if (table[i] != 0) {
        return i;
      }
    }
    // the place behind the table stands for the id 0, which marks what is empty in it
    return hasZero && from <= table.length ? table.length : -1;
  }

  private int nextBit(int from) {
    int word = from >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long rest = words[word] & -1L << from;
    while (rest == 0) {
      if (++word == words.length) {
        return -1;
      }
      rest = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(rest);
  }

  /** Returns the id in a place that {@link #next} returned. */
  long at(int place) {
    if (table.length == 0) {
      return first + place;
    }
    return place == table.length ? 0 : table[place];
  }
}
