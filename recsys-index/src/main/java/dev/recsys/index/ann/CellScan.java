package dev.recsys.index.ann;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Looks through the most promising cells for the slots nearest to a query: all their sums first,
 * then what reaches a threshold that follows from the sums' maxima. For one thread at a time.
 */
final class CellScan {
  /**
   * What a cell's radius adds to the score of its centre, as a part of its product by the query.
   */
  private static final float SPREAD = 0.3f;

  /** How many of a cell's members tell which part of them is accepted. */
  private static final int SAMPLE = 16;

  /** Up to so many slots a cell, a threshold is taken from the maxima of its sums. */
  private static final int MOST_BY_MAXIMA = Kernels.MAXIMA / 2;

  /** Otherwise it is the last of so many best, of estimates here and there. */
  private static final int SAMPLED = 48;

  /** Cells whose sums are kept at a time. */
  private static final int MAX_ROUND = 64;

  private final int[] lanes = new int[Cell.SIZE + 1];
  private final Greatest greatest = new Greatest();
  private CellQuery query = new CellQuery(0);
  private int components = -1;
  private Cell[] cells = {};
  private Cell[] roots = {};
  private short[] rootSums = {};
  private short[] rootMaxima = {};
  private int[] picked = new int[MAX_ROUND];
  private float[] bases = new float[MAX_ROUND];
  private short[] sums = {};
  private short[] maxima = {};
  private int[] tops = {};
  private int count;
  private double above;

  /** Takes a query and ranks all cells. */
  void begin(Cells all, GraphQuery coded, boolean distances) {
    cells = all.cells();
    roots = all.roots();
    if (components != all.components) {
      components = all.components;
      query = new CellQuery(components);
    }
    float norm = (float) Math.sqrt(prefixSquare(coded));
    query.begin(coded.components, distances ? all.lift : 0, SPREAD * norm);
    if (rootSums.length < roots.length * Cell.SIZE) {
      rootSums = new short[roots.length * Cell.SIZE];
      rootMaxima = new short[roots.length * Kernels.MAXIMA];
    }
    for (int r = 0; r < roots.length; r++) {
      query.sum(roots[r], components + 3, rootSums, r * Cell.SIZE, rootMaxima, r * Kernels.MAXIMA);
    }
    above = Double.POSITIVE_INFINITY;
  }

  private float prefixSquare(GraphQuery coded) {
    float[] all = coded.components;
    return Kernels.BEST.innerProduct(all, 0, all, 0, components);
  }

  /** Picks the next best cells, about as many as are wanted, and returns how many. */
  int pick(int want) {
    count = 0;
    if (above == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double cut = want >= cells.length ? Double.NEGATIVE_INFINITY : cut(want);
    for (int r = 0; r < roots.length; r++) {
      float unit = query.unit(roots[r]);
      int found =
          Kernels.BEST.collect(rootSums, r * Cell.SIZE, sum(cut / unit), sum(above / unit), lanes);
      for (int i = 0; i < found; i++) {
        int number = roots[r].slots[lanes[i]];
        if (number != Cell.FREE && number < cells.length) {
          if (count == picked.length) {
            picked = Arrays.copyOf(picked, 2 * count);
          }
          picked[count++] = number;
        }
      }
    }
    above = cut;
    return count;
  }

  private static int sum(double exact) {
    return (int) Math.ceil(Math.max(-40_000, Math.min(40_000, exact - 0.02)));
  }

  private double cut(int want) {
    greatest.begin(want);
    for (int r = 0; r < roots.length; r++) {
      float unit = query.unit(roots[r]);
      int upper = sum(above / unit);
      for (int i = r * Cell.SIZE; i < (r + 1) * Cell.SIZE; i++) {
        if (rootSums[i] < upper) {
          greatest.offer(rootSums[i] * unit);
        }
      }
    }
    return greatest.least();
  }

  /** Adds up the cells that were picked. */
  void sum() {
    if (bases.length < count || sums.length < count * Cell.SIZE) {
      bases = new float[count];
      tops = new int[count];
      sums = new short[count * Cell.SIZE];
      maxima = new short[count * Kernels.MAXIMA];
    }
    for (int i = 0; i < count; i++) {
      Cell cell = cells[picked[i]];
      bases[i] = query.base(cell);
      tops[i] = query.sum(cell, components + 2, sums, i * Cell.SIZE, maxima, i * Kernels.MAXIMA);
    }
  }

  /** Returns the number of a cell that was picked. */
  int picked(int pick) {
    return picked[pick];
  }

  /** Returns how many slots are in a cell that was picked. */
  int members(int pick) {
    return cells[picked[pick]].count();
  }

  /** Returns about which part of a picked cell's slots is accepted. */
  double share(int pick, Slots slots, LongPredicate accept) {
    int asked = 0;
    int yes = 0;
    int[] members = cells[picked[pick]].slots;
    for (int lane = 0; lane < Cell.SIZE && asked < SAMPLE; lane++) {
      int slot = members[lane];
      if (slot != Cell.FREE) {
        asked++;
        yes += accept.test(slots.id(slot)) ? 1 : 0;
      }
    }
    return yes / (double) Math.max(1, asked);
  }

  /** Returns a number that the estimates of about as many slots reach as are wanted. */
  float threshold(int want) {
    if (want > count * MOST_BY_MAXIMA) {
      return sampledThreshold(want);
    }
    int parts = 1;
    while (parts < Kernels.MAXIMA && parts * count < 4 * want) {
      parts *= 2;
    }
    if (parts * count < want) {
      return Float.NEGATIVE_INFINITY;
    }
    greatest.begin(want);
    int length = Kernels.MAXIMA / parts;
    for (int i = 0; i < count; i++) {
      float unit = query.unit(cells[picked[i]]);
      for (int from = i * Kernels.MAXIMA; from < (i + 1) * Kernels.MAXIMA; from += length) {
        int max = maxima[from];
        for (int j = from + 1; j < from + length; j++) {
          max = Math.max(max, maxima[j]);
        }
        greatest.offer(bases[i] + max * unit);
      }
    }
    return greatest.least();
  }

  /** Looks at some estimates in every cell: of many, the maxima would let through too many. */
  private float sampledThreshold(int want) {
    int stride = Math.max(1, want / SAMPLED) | 1;
    if (stride >= Cell.SIZE) {
      return Float.NEGATIVE_INFINITY;
    }
    greatest.begin(Math.max(1, want / stride));
    for (int i = 0; i < count; i++) {
      float unit = query.unit(cells[picked[i]]);
      for (int lane = i % stride; lane < Cell.SIZE; lane += stride) {
        int sum = sums[i * Cell.SIZE + lane];
        if (sum > Cell.FREE_SUM) {
          greatest.offer(bases[i] + sum * unit);
        }
      }
    }
    return greatest.least();
  }

  /**
   * Writes the slots of a picked cell whose estimates lie in a range, the upper end left out, and
   * returns how many; at most 256.
   */
  int collect(int pick, float from, float below, int[] out) {
    int found = 0;
    Cell cell = cells[picked[pick]];
    float unit = query.unit(cell);
    int least = sum((from - (double) bases[pick]) / unit);
    if (least > tops[pick]) {
      return 0;
    }
    int upper = sum((below - (double) bases[pick]) / unit);
    int some = Kernels.BEST.collect(sums, pick * Cell.SIZE, least, upper, lanes);
    for (int j = 0; j < some; j++) {
      int slot = cell.slots[lanes[j]];
      if (slot != Cell.FREE) {
        out[found++] = slot;
      }
    }
    return found;
  }
}
