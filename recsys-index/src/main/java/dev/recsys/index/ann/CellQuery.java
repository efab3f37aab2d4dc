package dev.recsys.index.ann;

import java.util.Arrays;

/** A query in 16-bit codes against {@link Cell}s: as many rows as the longest of them has. */
final class CellQuery {
  private final int components;
  private final float[] values;
  private final short[] codes;
  private float scale;
  private boolean distances;

  CellQuery(int components) {
    this.components = components;
    this.values = new float[components + 2];
    this.codes = new short[components + 3];
  }

  /**
   * Takes a query.
   *
   * @param tail what the first tail of a vector is multiplied by
   * @param rootTail what the second one is multiplied by, which only the cells of centres have
   */
  void begin(float[] point, float tail, float rootTail) {
    System.arraycopy(point, 0, values, 0, components);
    values[components] = tail;
    distances = tail != 0;
    values[components + 1] = rootTail;
    scale = (float) Math.max(Float.MIN_NORMAL, Kernels.norm(values) / Cell.REACH);
    float inverse = 1 / scale;
    for (int c = 0; c < values.length; c++) {
      codes[c] = (short) Math.rint(values[c] * inverse);
    }
  }

  /** Returns the score of a cell's centre: what the members' sums are differences from. */
  float base(Cell cell) {
    float along = Kernels.BEST.innerProduct(values, 0, cell.center, 0, components);
    return distances ? along - cell.halfSquare : along;
  }

  /** Returns what a sum of 1 stands for in a cell. */
  float unit(Cell cell) {
    return scale * cell.scale;
  }

  /** Returns the least sum that reaches a number of units; that of a free lane reaches none. */
  static int leastSum(double exact) {
    return (int) Math.ceil(Math.max(Cell.FREE_SUM + 1, Math.min(40_000, exact - 0.02)));
  }

  /**
   * Writes 256 sums, those of lanes that are not there too, and their maxima; returns the greatest.
   */
  int sum(Cell cell, short[] sums, int at, short[] maxima, int maximaAt) {
    int length = cell.length;
    int lanes = cell.slots.length;
    // the last row tells free lanes, whatever stands before it
    short replaced = codes[length - 1];
    codes[length - 1] = Cell.PRESENCE;
    int greatest =
        Kernels.BEST.sumBlocks(cell.codes, codes, length, lanes, sums, at, maxima, maximaAt);
    codes[length - 1] = replaced;
    Arrays.fill(sums, at + lanes, at + Cell.SIZE, Cell.FREE_SUM);
    return greatest;
  }
}
