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

  /**
   * Blocks of 256 KiB: larger ones are humongous to G1, which rounds each up to whole regions and
   * took 180 bytes a vector more for it.
   */
  private static final int BLOCK_LINKS = 1 << 16;

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
    this.bits = blockBits(m);
    this.blocks = grown(blocks);
    this.towers = Arrays.copyOf(towers, capacity);
    Arrays.fill(this.towers, towers.length, capacity, NO_LINKS);
  }

  /** Makes a graph with room for all slots of a file, whose links are to be filled in. */
  static Graph ofFile(int m, int end, GraphCodes codes) {
    int[][] blocks = new int[(end + (1 << blockBits(m)) - 1) >>> blockBits(m)][];
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = new int[blockLength(m, end, b)];
    }
    return new Graph(m, end, codes, null, blocks, new int[0][]);
  }

  private static int blockBits(int m) {
    return Math.max(3, 31 - Integer.numberOfLeadingZeros(BLOCK_LINKS / (2 * m)));
  }

  private static int blockLength(int m, int capacity, int block) {
    int bits = blockBits(m);
    return Math.min(1 << bits, capacity - (block << bits)) * 2 * m;
  }

  private int[][] grown(int[][] old) {
    int[][] grown = new int[(capacity + (1 << bits) - 1) >>> bits][];
    for (int b = 0; b < grown.length; b++) {
      int length = blockLength(m, capacity, b);
      int[] before = b < old.length ? old[b] : NO_LINKS;
      if (before.length >= length) {
        grown[b] = before;
      } else {
        grown[b] = Arrays.copyOf(before, length);
        Arrays.fill(grown[b], before.length, length, NONE);
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
    return level == 0 ? (slot & (1 << bits) - 1) * 2 * m : (level - 1) * m;
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

  /** Returns whether m links, above level 0, are slots that reach that level, or none. */
  boolean isSound(int[] links, int at, int level) {
    int length = level * m;
    for (int i = at; i < at + m; i++) {
      int link = links[i];
      if (link != NONE && (link < 0 || link >= capacity || towers[link].length < length)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all links of a block on level 0 are slots that there are, or none. */
  boolean isSound(int block) {
    int[] links = blocks[block];
    int bad = 0;
    for (int link : links) {
      bad |= link + 1 | capacity - 1 - link;
    }
    return bad >= 0;
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
    while (count < width(level) && list[at + count] >= 0) {
      count++;
    }
    return count;
  }
}
