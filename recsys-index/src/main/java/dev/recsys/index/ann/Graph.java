package dev.recsys.index.ann;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The links and codes of all slots at one capacity. A larger capacity or other codes are another
 * graph, which shares what it can; a search stays with the one it began with, and leaves out slots
 * beyond its capacity.
 *
 * <p>Level 0 lies in blocks of {@code 2 m} links a slot, two cache lines where m is 16; the few
 * slots that reach higher have an array for all their upper levels, m links each. Unused links are
 * -1 and stand last. A reader without a lock may see a list half rewritten: all of it are slots,
 * some perhaps twice.
 */
final class Graph {
  static final int NONE = -1;

  /** The first link of a block, which puts it on a cache line where blocks are humongous. */
  private static final int PAD = 12;

  private static final int BLOCK_LINKS = 1 << 21;
  private static final int[] NO_LINKS = {};

  final int m;
  final int capacity;
  final GraphCodes codes;

  /** All slots by place, or null while there are no codes that tell it. */
  final @Nullable Cells cells;

  final int bits;
  final int[][] blocks;
  private final int[][] towers;

  Graph(int m, int capacity, GraphCodes codes) {
    this(m, capacity, codes, null, new int[0][], new int[0][]);
  }

  private Graph(
      int m,
      int capacity,
      GraphCodes codes,
      @Nullable Cells cells,
      int[][] blocks,
      int[][] towers) {
    this.cells = cells;
    this.m = m;
    this.capacity = capacity;
    this.codes = codes.withCapacity(capacity);
    this.bits = Math.max(3, 31 - Integer.numberOfLeadingZeros(BLOCK_LINKS / (2 * m)));
    this.blocks = grown(blocks);
    this.towers = Arrays.copyOf(towers, capacity);
    Arrays.fill(this.towers, towers.length, capacity, NO_LINKS);
  }

  private int[][] grown(int[][] old) {
    int[][] grown = new int[(capacity + (1 << bits) - 1) >>> bits][];
    for (int b = 0; b < grown.length; b++) {
      int length = PAD + Math.min(1 << bits, capacity - (b << bits)) * 2 * m;
      int[] before = b < old.length ? old[b] : NO_LINKS;
      if (before.length >= length) {
        grown[b] = before;
      } else {
        grown[b] = Arrays.copyOf(before, length);
        Arrays.fill(grown[b], Math.max(PAD, before.length), length, NONE);
      }
    }
    return grown;
  }

  /** Returns a graph with room for more slots. */
  Graph withCapacity(int more) {
    return new Graph(m, more, codes, cells, blocks, towers);
  }

  /** Returns a graph with the same links and other codes and cells. */
  Graph withCodes(GraphCodes others, @Nullable Cells made) {
    return new Graph(m, capacity, others, made, blocks, towers);
  }

  /** Returns the most links that a slot has on a level. */
  int width(int level) {
    return level == 0 ? 2 * m : m;
  }

  /** Returns the array with a slot's links on a level; they begin at {@link #at}. */
  int[] links(int slot, int level) {
    return level == 0 ? blocks[slot >>> bits] : towers[slot];
  }

  int at(int slot, int level) {
    return level == 0 ? PAD + (slot & (1 << bits) - 1) * 2 * m : (level - 1) * m;
  }

  /** Returns the highest level of a slot. */
  int level(int slot) {
    return towers[slot].length / m;
  }

  /** Gives a slot its levels, without links. */
  void raise(int slot, int level) {
    int[] tower = level == 0 ? NO_LINKS : new int[level * m];
    Arrays.fill(tower, NONE);
    towers[slot] = tower;
  }

  /** Takes all links from a slot; its levels stay. */
  void clear(int slot) {
    int[] lowest = links(slot, 0);
    Arrays.fill(lowest, at(slot, 0), at(slot, 0) + 2 * m, NONE);
    Arrays.fill(towers[slot], NONE);
  }

  /** Replaces the links of a slot on a level. */
  void set(int slot, int level, int[] links, int count) {
    int[] list = links(slot, level);
    int at = at(slot, level);
    System.arraycopy(links, 0, list, at, count);
    Arrays.fill(list, at + count, at + width(level), NONE);
  }

  /** Returns how many links a slot has on a level. */
  int count(int slot, int level) {
    int[] list = links(slot, level);
    int at = at(slot, level);
    int count = 0;
    while (count < width(level) && list[at + count] != NONE) {
      count++;
    }
    return count;
  }
}
