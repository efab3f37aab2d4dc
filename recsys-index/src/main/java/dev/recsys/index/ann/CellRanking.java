package dev.recsys.index.ann;

import java.util.Arrays;

/** Picks the cells that are the most promising for a query. For one thread at a time. */
final class CellRanking {
  private final int[] lanes = new int[Cell.SIZE + 1];
  private final Greatest greatest = new Greatest();
  private CellQuery query = new CellQuery(0);
  private Cell[] roots = {};
  private short[] sums = {};
  private short[] maxima = {};
  private int[] picked = new int[64];
  private float[] ranks = new float[64];
  private int cells;
  private int count;
  private double above;

  /** Ranks all cells. */
  void begin(Cell[] centers, int total, CellQuery coded) {
    roots = centers;
    cells = total;
    query = coded;
    if (sums.length < roots.length * Cell.SIZE) {
      sums = new short[roots.length * Cell.SIZE];
      maxima = new short[roots.length * Kernels.MAXIMA];
    }
    for (int r = 0; r < roots.length; r++) {
      query.sum(roots[r], sums, r * Cell.SIZE, maxima, r * Kernels.MAXIMA);
    }
    above = Double.POSITIVE_INFINITY;
  }

  /** Picks the next best cells, about as many as are wanted, and returns how many. */
  int pick(int want) {
    count = 0;
    if (above == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double least = leastOfMaxima(want);
    greatest.begin(want);
    for (int r = 0; r < roots.length; r++) {
      take(r, least);
    }
    above = want < cells ? greatest.least() : Double.NEGATIVE_INFINITY;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (ranks[i] >= above) {
        picked[kept++] = picked[i];
      }
    }
    count = kept;
    return count;
  }

  /** Takes all centres that rank below those picked before, and not below {@code least}. */
  private void take(int r, double least) {
    float unit = query.unit(roots[r]);
    int from = CellQuery.leastSum(least / unit);
    int upper = CellQuery.leastSum(above / unit);
    int found = Kernels.BEST.collect(sums, r * Cell.SIZE, from, upper, lanes);
    if (count + found > picked.length) {
      picked = Arrays.copyOf(picked, 2 * (count + found));
      ranks = Arrays.copyOf(ranks, picked.length);
    }
    for (int i = 0; i < found; i++) {
      int number = roots[r].slots[lanes[i]];
      if (number != Cell.FREE && number < cells) {
        float rank = sums[r * Cell.SIZE + lanes[i]] * unit;
        greatest.offer(rank);
        ranks[count] = rank;
        picked[count++] = number;
      }
    }
  }

  /** Returns a number that as many centres reach as are wanted, so that few others are ranked. */
  private double leastOfMaxima(int want) {
    if (above != Double.POSITIVE_INFINITY || want >= cells) {
      return Double.NEGATIVE_INFINITY;
    }
    greatest.begin(want);
    for (int r = 0; r < roots.length; r++) {
      float unit = query.unit(roots[r]);
      for (int i = r * Kernels.MAXIMA; i < (r + 1) * Kernels.MAXIMA; i++) {
        greatest.offer(maxima[i] * unit);
      }
    }
    return greatest.least();
  }

  /** Returns the number of a cell that was picked. */
  int picked(int i) {
    return picked[i];
  }
}
