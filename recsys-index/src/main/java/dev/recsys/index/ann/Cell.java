package dev.recsys.index.ann;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * Up to 256 vectors that lie close together, as int8 codes of their differences from a centre: in
 * blocks of 64 vectors, as many as are needed, one component of a block after the other. A vector
 * is a point and a tail, one component more. The last row of a block tells free lanes, whose sums
 * it makes the least there can be.
 *
 * <p>Codes are no longer than {@link #REACH}, and so are those of a query, so that by
 * Cauchy-Schwarz no 16-bit sum overflows. One writer; who reads beside it may see a lane half
 * written.
 */
final class Cell {
  static final int SIZE = 256;
  static final int BLOCK = Kernels.BLOCK;
  static final int FREE = -1;

  /** The greatest length of a code before it is rounded. */
  static final double REACH = 175;

  /** What a query has against the last row: free lanes get the sum -127 times this. */
  static final short PRESENCE = 258;

  /** The sum of a free lane; no other is as small. */
  static final short FREE_SUM = -Byte.MAX_VALUE * PRESENCE;

  final float[] center;
  final float scale;

  /** Half the squared length of the centre. */
  final float halfSquare;

  /** The rows of a block: the components of a point, the tails, and one. */
  final int length;

  /** The slot in each lane. */
  final int[] slots;

  final byte[] codes;

  /** Odd while a lane is written. */
  private final AtomicInteger version = new AtomicInteger();

  private int count;

  private Cell(float[] center, int length, float scale, int[] slots, byte[] codes) {
    this.center = center;
    this.length = length;
    this.scale = scale;
    this.slots = slots;
    this.codes = codes;
    double square = 0;
    for (float component : center) {
      square += (double) component * component;
    }
    this.halfSquare = (float) (square / 2);
  }

  /**
   * Makes an empty cell for vectors that lie no farther from the centre than the radius.
   *
   * @param room for how many there is room at least
   */
  Cell(float[] center, int length, double radius, int room) {
    this(center, length, scale(radius), new int[lanes(room)], new byte[length * lanes(room)]);
    clear(0);
  }

  /** Makes a cell of that scale, whose lanes are to be read from a file and then adopted. */
  static Cell ofFile(float[] center, int length, float scale, int blocks) {
    int lanes = blocks * BLOCK;
    return new Cell(center, length, scale, new int[lanes], new byte[length * lanes]);
  }

  /** Returns a cell with the same slots and room for a block more. */
  Cell grown() {
    int lanes = slots.length + BLOCK;
    int[] moreSlots = Arrays.copyOf(slots, lanes);
    Cell grown = new Cell(center, length, scale, moreSlots, Arrays.copyOf(codes, length * lanes));
    grown.count = count;
    grown.clear(slots.length);
    return grown;
  }

  /** Returns a cell of those members only whose slots are accepted, with no lanes between them. */
  Cell only(IntPredicate accept) {
    int[] lanes = new int[slots.length];
    int[] kept = new int[slots.length];
    int some = 0;
    for (int lane = 0; lane < slots.length; lane++) {
      int slot = slots[lane];
      if (slot != FREE && accept.test(slot)) {
        lanes[some] = lane;
        kept[some++] = slot;
      }
    }
    int room = lanes(some);
    Cell part = new Cell(center, length, scale, new int[room], new byte[length * room]);
    part.clear(0);
    for (int i = 0; i < some; i++) {
      part.slots[i] = kept[i];
      int to = part.at(i);
      int last = at(lanes[i]) + length * BLOCK;
      for (int from = at(lanes[i]); from < last; from += BLOCK, to += BLOCK) {
        part.codes[to] = codes[from];
      }
    }
    part.count = some;
    return part;
  }

  private void clear(int from) {
    Arrays.fill(slots, from, slots.length, FREE);
    for (int lane = from; lane < slots.length; lane += BLOCK) {
      int last = at(lane) + (length - 1) * BLOCK;
      Arrays.fill(codes, last, last + BLOCK, (byte) -Byte.MAX_VALUE);
    }
  }

  private static float scale(double radius) {
    return (float) Math.max(Float.MIN_NORMAL, radius / REACH);
  }

  private static int lanes(int room) {
    return Math.max(1, (room + BLOCK - 1) / BLOCK) * BLOCK;
  }

  /** Returns where the first component of a lane is. */
  private int at(int lane) {
    return lane / BLOCK * BLOCK * length + lane % BLOCK;
  }

  int count() {
    return count;
  }

  /** Returns what no two states of the cell share. */
  int version() {
    return version.get();
  }

  /** Returns whether the cell was in the state of a version all the time since that was read. */
  boolean settled(int seen) {
    VarHandle.acquireFence();
    return (seen & 1) == 0 && version.get() == seen;
  }

  double radius() {
    return scale * REACH;
  }

  /** Returns how far a vector lies from the centre. */
  double distance(float[] point, float[] tails) {
    double squares = 0;
    for (int c = 0; c < center.length; c++) {
      double off = point[c] - center[c];
      squares += off * off;
    }
    for (float tail : tails) {
      squares += tail * tail;
    }
    return Math.sqrt(squares);
  }

  /** Returns whether a lane must be added before there is a free one. */
  boolean full() {
    return count == slots.length;
  }

  /** Returns a free lane; there must be one. */
  int freeLane() {
    int lane = 0;
    while (slots[lane] != FREE) {
      lane++;
    }
    return lane;
  }

  /** Writes a vector within the radius into a lane. */
  void put(int lane, int slot, float[] point, float[] tails) {
    version.incrementAndGet();
    int at = at(lane);
    for (int c = 0; c < center.length; c++, at += BLOCK) {
      codes[at] = code(point[c] - center[c]);
    }
    for (float tail : tails) {
      codes[at] = code(tail);
      at += BLOCK;
    }
    codes[at] = 0;
    count += slots[lane] == FREE ? 1 : 0;
    slots[lane] = slot;
    version.incrementAndGet();
  }

  private byte code(float value) {
    return (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, Math.round(value / scale)));
  }

  void free(int lane) {
    version.incrementAndGet();
    slots[lane] = FREE;
    int at = at(lane);
    int last = at + (length - 1) * BLOCK;
    for (; at < last; at += BLOCK) {
      codes[at] = 0;
    }
    codes[last] = -Byte.MAX_VALUE;
    count--;
    version.incrementAndGet();
  }

  /**
   * Takes over lanes that were read from a file, and notes where each slot is.
   *
   * @param number what the cell is numbered by
   * @param places for every slot its place, or {@link Cells#ABSENT}, which it must be
   * @return whether each slot is one of these, and free lanes are marked as such
   */
  boolean adopt(int number, int[] places) {
    count = 0;
    for (int lane = 0; lane < slots.length; lane++) {
      int slot = slots[lane];
      byte mark = codes[at(lane) + (length - 1) * BLOCK];
      if (slot == FREE) {
        if (mark != -Byte.MAX_VALUE) {
          return false;
        }
      } else {
        if (slot < 0 || slot >= places.length || places[slot] != Cells.ABSENT || mark != 0) {
          return false;
        }
        places[slot] = number * SIZE + lane;
        count++;
      }
    }
    return true;
  }
}
