package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * Up to 256 vectors that lie close together, as int8 codes of their differences from a centre, one
 * component of all of them after the other. A vector is a point and a tail, one component more. The
 * last row of codes tells free lanes, whose sums it makes the least there can be.
 *
 * <p>Codes are no longer than {@link #REACH}, and so are those of a query, so that by
 * Cauchy-Schwarz no 16-bit sum overflows. One writer; who reads beside it may see a lane half
 * written.
 */
final class Cell {
  static final int SIZE = CodeGroup.SIZE;
  static final int FREE = -1;

  /** The greatest length of a code before it is rounded. */
  static final double REACH = 175;

  /** What a query has against the last row: free lanes get the sum -127 times this. */
  static final short PRESENCE = 258;

  /** The sum of a free lane; no other is as small. */
  static final int FREE_SUM = -Byte.MAX_VALUE * PRESENCE;

  final float[] center;
  final float scale;

  /** Half the squared length of the centre. */
  final float halfSquare;

  final int[] slots = new int[SIZE];
  final byte[] codes;
  private int count;

  /**
   * Makes a cell without slots or marks.
   *
   * @param length the rows of codes: the components of a point, the tails, and one
   * @param scale what a code of 1 stands for
   */
  private Cell(float[] center, int length, float scale) {
    this.center = center;
    this.scale = scale;
    double square = 0;
    for (float component : center) {
      square += (double) component * component;
    }
    this.halfSquare = (float) (square / 2);
    this.codes = new byte[length * SIZE];
  }

  /** Makes an empty cell for vectors that lie no farther from the centre than the radius. */
  Cell(float[] center, int length, double radius) {
    this(center, length, (float) Math.max(Float.MIN_NORMAL, radius / REACH));
    Arrays.fill(codes, codes.length - SIZE, codes.length, (byte) -Byte.MAX_VALUE);
    Arrays.fill(slots, FREE);
  }

  /** Makes a cell of that scale, whose lanes are to be read from a file and then adopted. */
  static Cell ofFile(float[] center, int length, float scale) {
    return new Cell(center, length, scale);
  }

  int count() {
    return count;
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
    int at = lane;
    for (int c = 0; c < center.length; c++, at += SIZE) {
      codes[at] = code(point[c] - center[c]);
    }
    for (float tail : tails) {
      codes[at] = code(tail);
      at += SIZE;
    }
    codes[at] = 0;
    count += slots[lane] == FREE ? 1 : 0;
    slots[lane] = slot;
  }

  private byte code(float value) {
    return (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, Math.round(value / scale)));
  }

  void free(int lane) {
    slots[lane] = FREE;
    int last = codes.length - SIZE;
    for (int at = lane; at < last; at += SIZE) {
      codes[at] = 0;
    }
    codes[last + lane] = -Byte.MAX_VALUE;
    count--;
  }

  /**
   * Takes over lanes that were read from a file, and notes where each slot is.
   *
   * @param number what the cell is numbered by
   * @param places for every slot its place, or {@link Cells#ABSENT}, which it must be
   * @return whether each slot is one of these, and free lanes are marked as such
   */
  boolean adopt(int number, int[] places) {
    int last = codes.length - SIZE;
    count = 0;
    for (int lane = 0; lane < SIZE; lane++) {
      int slot = slots[lane];
      if (slot == FREE) {
        if (codes[last + lane] != -Byte.MAX_VALUE) {
          return false;
        }
      } else {
        if (slot < 0
            || slot >= places.length
            || places[slot] != Cells.ABSENT
            || codes[last + lane] != 0) {
          return false;
        }
        places[slot] = number * SIZE + lane;
        count++;
      }
    }
    return true;
  }
}
