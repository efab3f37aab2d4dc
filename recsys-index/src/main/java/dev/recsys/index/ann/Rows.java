package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * Vectors of one dimension end to end in flat arrays, with their ids. Rows fill blocks of at most 1
 * MiB (eight rows at the least), so that growth copies nothing but the first block and the number
 * of rows is not bounded by the length of an array. Rows are dense: the last one moves into the
 * place of one that is removed, and a scan meets no holes.
 */
final class Rows {
  private static final int MAX_BLOCK_FLOATS = 1 << 18;
  private static final int MIN_BLOCK_ROWS = 8;

  private final int dimension;
  private final int blockBits;
  private final LongIntMap slots = new LongIntMap();
  private float[][] blocks = new float[1][];
  private long[] ids;

  Rows(int dimension) {
    this.dimension = dimension;
    int rows = Math.max(MIN_BLOCK_ROWS, MAX_BLOCK_FLOATS / dimension);
    this.blockBits = 31 - Integer.numberOfLeadingZeros(rows);
    blocks[0] = new float[MIN_BLOCK_ROWS * dimension];
    this.ids = new long[MIN_BLOCK_ROWS];
  }

  int dimension() {
    return dimension;
  }

  int size() {
    return slots.size();
  }

  boolean contains(long id) {
    return slots.get(id) != LongIntMap.ABSENT;
  }

  /** Returns the block that holds the row in a slot; slots are {@code 0..size() - 1}. */
  float[] blockOf(int slot) {
    return blocks[slot >>> blockBits];
  }

  /** Returns where in its block the row in a slot begins. */
  int offset(int slot) {
    return (slot & rowsPerBlock() - 1) * dimension;
  }

  long id(int slot) {
    return ids[slot];
  }

  private int rowsPerBlock() {
    return 1 << blockBits;
  }

  /** Inserts or overwrites a row and returns its slot. */
  int put(long id, float[] vector) {
    int slot = slots.get(id);
    if (slot == LongIntMap.ABSENT) {
      slot = size();
      makeRoom(slot);
      ids[slot] = id;
      slots.put(id, slot);
    }
    System.arraycopy(vector, 0, blocks[slot >>> blockBits], offset(slot), dimension);
    return slot;
  }

  private void makeRoom(int slot) {
    if (slot == ids.length) {
      ids = Arrays.copyOf(ids, (int) Math.min(Integer.MAX_VALUE - 8, slot + (slot >> 1) + 8L));
    }
    int block = slot >>> blockBits;
    if (block == 0) {
      // only the first block grows; a small index stays small
      if (offset(slot) == blocks[0].length) {
        blocks[0] = Arrays.copyOf(blocks[0], Math.min(2 * slot, rowsPerBlock()) * dimension);
      }
      return;
    }
    if (block == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * block);
    }
    if (blocks[block] == null) {
      blocks[block] = new float[rowsPerBlock() * dimension];
    }
  }

  /**
   * Removes a row and returns its slot, now that of the row which was the last; or {@link
   * LongIntMap#ABSENT}.
   */
  int remove(long id) {
    int slot = slots.remove(id);
    int last = size();
    if (slot != LongIntMap.ABSENT && slot != last) {
      float[] from = blocks[last >>> blockBits];
      System.arraycopy(from, offset(last), blocks[slot >>> blockBits], offset(slot), dimension);
      ids[slot] = ids[last];
      slots.put(ids[slot], slot);
    }
    return slot;
  }
}
