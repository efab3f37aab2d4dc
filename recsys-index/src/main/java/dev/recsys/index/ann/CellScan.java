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

  private final int[] lanes = new int[Cell.SIZE + 1];
  private final Greatest greatest = new Greatest();
  private final CellRanking ranking = new CellRanking();
  private CellQuery query = new CellQuery(0);
  private int components = -1;
  private Cell[] cells = {};
  private float[] bases = {};
  private short[] sums = {};
  private short[] maxima = {};
  private int[] tops = {};
  private long[] order = {};
  private int count;

  /** Takes a query and ranks all cells. */
  void begin(Cells all, GraphQuery coded, boolean distances) {
    Cell[] roots = all.roots();
    cells = all.cells();
    if (components != all.components) {
      components = all.components;
      query = new CellQuery(components);
    }
    float[] point = coded.components;
    float square = Kernels.BEST.innerProduct(point, 0, point, 0, components);
    query.begin(point, distances ? all.lift : 0, SPREAD * (float) Math.sqrt(square));
    ranking.begin(roots, cells.length, query);
  }

  /** Picks the next best cells, about as many as are wanted, and returns how many. */
  int pick(int want) {
    count = ranking.pick(want);
    return count;
  }

  /** Adds up the cells that were picked. */
  void sum() {
    if (tops.length < count) {
      bases = new float[count];
      tops = new int[count];
      order = new long[count];
      sums = new short[count * Cell.SIZE];
      maxima = new short[count * Kernels.MAXIMA];
    }
    for (int i = 0; i < count; i++) {
      Cell cell = cells[ranking.picked(i)];
      bases[i] = query.base(cell);
      tops[i] = query.sum(cell, sums, i * Cell.SIZE, maxima, i * Kernels.MAXIMA);
    }
  }

  /** Returns the number of a cell that was picked. */
  int picked(int pick) {
    return ranking.picked(pick);
  }

  /** Returns how many slots are in a cell that was picked. */
  int members(int pick) {
    return cells[ranking.picked(pick)].count();
  }

  /** Returns about which part of a picked cell's slots is accepted. */
  double share(int pick, Slots slots, LongPredicate accept) {
    int asked = 0;
    int yes = 0;
    int[] members = cells[ranking.picked(pick)].slots;
    for (int lane = 0; lane < members.length && asked < SAMPLE; lane++) {
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
    rankByTops();
    greatest.begin(want);
    for (int n = 0; n < count; n++) {
      int i = Candidates.slot(order[n]);
      float unit = query.unit(cells[ranking.picked(i)]);
      int most = CellQuery.leastSum((greatest.least() - (double) bases[i]) / unit);
      if (tops[i] < most) {
        continue;
      }
      for (int at = i * Kernels.MAXIMA; at < (i + 1) * Kernels.MAXIMA; at++) {
        if (maxima[at] >= most) {
          greatest.offer(bases[i] + maxima[at] * unit);
        }
      }
    }
    return greatest.least();
  }

  /** Puts the cells with the greatest estimates first: they leave little to the others. */
  private void rankByTops() {
    for (int i = 0; i < count; i++) {
      order[i] = Candidates.pack(bases[i] + tops[i] * query.unit(cells[ranking.picked(i)]), i);
    }
    Arrays.sort(order, 0, count);
  }

  /** Looks at some estimates in every cell: of many, the maxima would let through too many. */
  private float sampledThreshold(int want) {
    int stride = Math.max(1, want / SAMPLED) | 1;
    if (stride >= Cell.SIZE) {
      return Float.NEGATIVE_INFINITY;
    }
    greatest.begin(Math.max(1, want / stride));
    for (int i = 0; i < count; i++) {
      float unit = query.unit(cells[ranking.picked(i)]);
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
   * these estimates; returns how many, at most 256.
   */
  int collect(int pick, float from, float below, int[] out, float[] estimates) {
    int found = 0;
    Cell cell = cells[ranking.picked(pick)];
    float unit = query.unit(cell);
    int least = CellQuery.leastSum((from - (double) bases[pick]) / unit);
    if (least > tops[pick]) {
      return 0;
    }
    int upper = CellQuery.leastSum((below - (double) bases[pick]) / unit);
    int some = Kernels.BEST.collect(sums, pick * Cell.SIZE, least, upper, lanes);
    for (int j = 0; j < some; j++) {
      int slot = cell.slots[lanes[j]];
      if (slot != Cell.FREE) {
        estimates[found] = bases[pick] + sums[pick * Cell.SIZE + lanes[j]] * unit;
        out[found++] = slot;
      }
    }
    return found;
  }
}
