package dev.recsys.index.ann;

import java.util.Arrays;

/** Picks the cells that are the most promising for a query. For one thread at a time. */
final class CellRanking implements Halving.Estimates {
  /** How far below the best, in sums, it is looked first. */
  private static final double STEP = 1 << 12;

  private final int[] lanes = new int[Cell.SIZE + 1];
  private CellQuery query = new CellQuery(0);
  private Cell[] roots = {};
  private short[] sums = {};
  private short[] maxima = {};
  private int[] picked = new int[64];
  private int cells;
  private int count;

  /** What the ranks of all cells lie below. */
  private double top;

  /** The most that a sum of 1 stands for. */
  private double unit;

  /** What the ranks of all cells that are not picked yet lie below. */
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
    top = Double.NEGATIVE_INFINITY;
    unit = 0;
    for (int r = 0; r < roots.length; r++) {
      int most = query.sum(roots[r], sums, r * Cell.SIZE, maxima, r * Kernels.MAXIMA);
      double each = query.unit(roots[r]);
      top = Math.max(top, (most + 1) * each);
      unit = Math.max(unit, each);
    }
    above = Double.POSITIVE_INFINITY;
  }

  /** Picks the next best cells, about as many as are wanted, and returns how many. */
  int pick(int want) {
    count = 0;
    if (above == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    double least = least(want);
    for (int r = 0; r < roots.length; r++) {
      take(r, least);
    }
    above = least;
    return count;
  }

  private double least(int want) {
    int before = above == Double.POSITIVE_INFINITY ? 0 : reaching(above);
    return before + want >= cells
        ? Double.NEGATIVE_INFINITY
        : Halving.least(this, want, before, Math.min(above, top), STEP * unit);
  }

  @Override
  public int reaching(double rank) {
    int reached = 0;
    for (int r = 0; r < roots.length; r++) {
      int from = CellQuery.leastSum(rank / query.unit(roots[r]));
      reached += Kernels.BEST.count(sums, r * Cell.SIZE, Cell.SIZE, from);
    }
    return reached;
  }

  /** Takes all centres that rank below those picked before, and not below {@code least}. */
  private void take(int r, double least) {
    float each = query.unit(roots[r]);
    int from = CellQuery.leastSum(least / each);
    int upper = CellQuery.leastSum(above / each);
    int found = Kernels.BEST.collect(sums, r * Cell.SIZE, from, upper, lanes);
    if (count + found > picked.length) {
      picked = Arrays.copyOf(picked, 2 * (count + found));
    }
    for (int i = 0; i < found; i++) {
      int number = roots[r].slots[lanes[i]];
      if (number != Cell.FREE && number < cells) {
        picked[count++] = number;
      }
    }
  }

  /** Returns what the scores are below that the cells not picked yet are likely to hold. */
  double above() {
    return above;
  }

  /** Returns the number of a cell that was picked. */
  int picked(int i) {
    return picked[i];
  }
}
