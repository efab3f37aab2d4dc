package dev.recsys.index.ann;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one dimension end to end in flat arrays, with their ids. Rows fill blocks of at most 1
 * MiB (eight rows at the least), so that growth copies nothing but the first block and the number
 * of rows is not bounded by the length of an array. Rows are dense: the last one moves into the
 * place of one that is removed, and a scan meets no holes.
 *
 * <p>A block may lie in a mapped file, until a row of it is written.
 */
final class Rows {
  private static final int MAX_BLOCK_FLOATS = 1 << 18;
  private static final int MIN_BLOCK_ROWS = 8;

  private final int dimension;
  private final int blockBits;
  private final LongIntMap slots;
  private final @Nullable FloatBuffer[] mapped;
  private float[][] blocks = new float[1][];
  private long[] ids;

  Rows(int dimension) {
    this.dimension = dimension;
    this.blockBits = blockBits(dimension);
    this.blocks[0] = new float[MIN_BLOCK_ROWS * dimension];
    this.ids = new long[MIN_BLOCK_ROWS];
    this.slots = new LongIntMap();
    this.mapped = new FloatBuffer[0];
  }

  /** Takes over different ids and mapped blocks, all full but the last. */
  Rows(int dimension, long[] ids, FloatBuffer[] mapped) {
    this.dimension = dimension;
    this.blockBits = blockBits(dimension);
    this.blocks = new float[Math.max(1, mapped.length)][];
    this.ids = ids.length == 0 ? new long[MIN_BLOCK_ROWS] : ids;
    this.mapped = mapped;
    this.slots = new LongIntMap(ids.length);
    for (int slot = 0; slot < ids.length; slot++) {
      slots.put(ids[slot], slot);
    }
    if (mapped.length == 0) {
      blocks[0] = new float[MIN_BLOCK_ROWS * dimension];
    }
  }

  /** Returns the bits of a slot's number within its block. */
  static int blockBits(int dimension) {
    int rows = Math.max(MIN_BLOCK_ROWS, MAX_BLOCK_FLOATS / dimension);
    return 31 - Integer.numberOfLeadingZeros(rows);
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

  /** Returns the slot of an id, or {@link LongIntMap#ABSENT}. */
  int slotOf(long id) {
    return slots.get(id);
  }

  /** Returns whether rows may lie in a file. */
  boolean mapped() {
    return mapped.length > 0;
  }

  /**
   * Returns the block that holds the row in a slot, or null if it lies in a file; slots are {@code
   * 0..size() - 1}.
   */
  float @Nullable [] blockOf(int slot) {
    return blocks[slot >>> blockBits];
  }

  /** Returns where in its block the row in a slot begins. */
  int offset(int slot) {
    return (slot & rowsPerBlock() - 1) * dimension;
  }

  /** Copies the row in a slot. */
  void read(int slot, float[] out, int at) {
    float[] block = blocks[slot >>> blockBits];
    if (block != null) {
      System.arraycopy(block, offset(slot), out, at, dimension);
    } else {
      mappedBlock(slot >>> blockBits).get(offset(slot), out, at, dimension);
    }
  }

  private FloatBuffer mappedBlock(int block) {
    return Objects.requireNonNull(mapped[block]);
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
    System.arraycopy(vector, 0, onHeap(slot), offset(slot), dimension);
    return slot;
  }

  private void makeRoom(int slot) {
    if (slot == ids.length) {
      ids = Arrays.copyOf(ids, (int) Math.min(Integer.MAX_VALUE - 8, slot + (slot >> 1) + 8L));
    }
    int block = slot >>> blockBits;
    if (block == blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * block);
    }
    if (block == 0 && blocks[0] != null) {
      // only the first block grows; a small index stays small
      if (offset(slot) == blocks[0].length) {
        blocks[0] = Arrays.copyOf(blocks[0], Math.min(2 * slot, rowsPerBlock()) * dimension);
      }
    } else if (blocks[block] == null && block >= mapped.length) {
      blocks[block] = new float[rowsPerBlock() * dimension];
    }
  }

  /** Returns the block of a row that is to be written. */
  private float[] onHeap(int slot) {
    int block = slot >>> blockBits;
    float[] rows = blocks[block];
    if (rows == null) {
      rows = new float[rowsPerBlock() * dimension];
      FloatBuffer from = mappedBlock(block);
      from.get(0, rows, 0, from.capacity());
      blocks[block] = rows;
      mapped[block] = null;
    }
    return rows;
  }

  /**
   * Removes a row and returns its slot, now that of the row which was the last; or {@link
   * LongIntMap#ABSENT}.
   */
  int remove(long id) {
    int slot = slots.remove(id);
    int last = size();
    if (slot != LongIntMap.ABSENT && slot != last) {
      read(last, onHeap(slot), offset(slot));
      ids[slot] = ids[last];
      slots.put(ids[slot], slot);
    }
    return slot;
  }
}
