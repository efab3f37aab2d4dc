package dev.recsys.index.ann;

import java.util.function.LongPredicate;

/**
 * Looks through the most promising cells for the slots nearest to a query: all their sums first,
 * then what reaches a threshold that follows from the sums' maxima. For one thread at a time.
 */
final class CellScan implements Halving.Estimates {
  /**
   * What a cell's radius adds to the score of its centre, as a part of its product by the query.
   */
  private static final float SPREAD = 0.3f;

  /** How many of a cell's members tell which part of them is accepted. */
  static final int SAMPLE = 8;

  /** Up to so many slots a cell, a threshold is taken from the maxima of its sums. */
  private static final int MOST_BY_MAXIMA = Kernels.MAXIMA / 2;

  /** Otherwise it is the last of so many best, of estimates here and there. */
  private static final int SAMPLED = 48;

  /** How far below the mean of the cells' best, in sums, a threshold is looked for first. */
  private static final double STEP = 64;

  private final int[] lanes = new int[Cell.SIZE + 1];
  private final Greatest greatest = new Greatest();
  private final CellRanking ranking = new CellRanking();
  private CellQuery query = new CellQuery(0);
  private int components = -1;
  private Cell[] cells = {};
  private Cell[] looked = {};
  private float[] bases = {};
  private float[] units = {};
  private short[] sums = {};
  private short[] maxima = {};
  private int[] tops = {};
  private int count;

  /** Takes a query and cells that are all looked through. */
  void begin(Cells all, Cell[] chosen, GraphQuery coded, boolean distances) {
    query(all, coded, distances);
    count = chosen.length;
    room();
    System.arraycopy(chosen, 0, looked, 0, count);
  }

  /** Takes a query and ranks all cells. */
  void begin(Cells all, GraphQuery coded, boolean distances) {
    Cell[] roots = all.roots();
    cells = all.cells();
    query(all, coded, distances);
    ranking.begin(roots, cells.length, query);
  }

  private void query(Cells all, GraphQuery coded, boolean distances) {
    if (components != all.components) {
      components = all.components;
      query = new CellQuery(components);
    }
    float[] point = coded.components;
    float square = Kernels.BEST.innerProduct(point, 0, point, 0, components);
    query.begin(point, distances ? all.lift : 0, SPREAD * (float) Math.sqrt(square));
  }

  /** Picks the next best cells, about as many as are wanted, and returns how many. */
  int pick(int want) {
    count = ranking.pick(want);
    room();
    for (int i = 0; i < count; i++) {
      looked[i] = cells[ranking.picked(i)];
    }
    return count;
  }

  /** Returns what the scores are below that the cells not picked yet are likely to hold. */
  double beyond() {
    return ranking.above();
  }

  private void room() {
    if (looked.length < count) {
      looked = new Cell[2 * count];
    }
  }

  /** Takes of the cells that were picked only the members that are accepted. */
  void filter(AcceptedCells accepted, Slots slots) {
    for (int i = 0; i < count; i++) {
      looked[i] = accepted.of(ranking.picked(i), looked[i], slots);
    }
  }

  /** Adds up the cells that were picked. */
  void sum() {
    if (tops.length < count) {
      bases = new float[count];
      units = new float[count];
      tops = new int[count];
      sums = new short[count * Cell.SIZE];
      maxima = new short[count * Kernels.MAXIMA];
    }
    for (int i = 0; i < count; i++) {
      Cell cell = looked[i];
      bases[i] = query.base(cell);
      units[i] = query.unit(cell);
      tops[i] = query.sum(cell, sums, i * Cell.SIZE, maxima, i * Kernels.MAXIMA);
    }
  }

  /** Returns the number of a cell that was picked. */
  int picked(int pick) {
    return ranking.picked(pick);
  }

  /** Returns how many members are left of a cell that was filtered. */
  int left(int pick) {
    return looked[pick].count();
  }

  /** Returns how many slots are in a cell that was picked. */
  int members(int pick) {
    return cells[ranking.picked(pick)].count();
  }

  /** Returns how many of the first {@link #SAMPLE} of a picked cell's slots are accepted. */
  int accepted(int pick, Slots slots, LongPredicate accept) {
    int asked = 0;
    int yes = 0;
    int[] members = looked[pick].slots;
    for (int lane = 0; lane < members.length && asked < SAMPLE; lane++) {
      int slot = members[lane];
      if (slot != Cell.FREE) {
        asked++;
        yes += accept.test(slots.id(slot)) ? 1 : 0;
      }
    }
    return yes;
  }

  /** Returns a number that the estimates of about as many slots reach as are wanted. */
  float threshold(int want) {
    if (want > count * MOST_BY_MAXIMA) {
      return sampledThreshold(want);
    }
    double mean = 0;
    double most = Double.NEGATIVE_INFINITY;
    double unit = 0;
    for (int i = 0; i < count; i++) {
      double best = bases[i] + tops[i] * (double) units[i];
      mean += best / count;
      most = Math.max(most, best);
      unit = Math.max(unit, units[i]);
    }
    return (float) Halving.least(this, want, 0, most, most - mean + STEP * unit);
  }

  /** Returns how many of the maxima reach a number. */
  @Override
  public int reaching(double least) {
    int reached = 0;
    for (int i = 0; i < count; i++) {
      int sum = CellQuery.leastSum((least - bases[i]) / units[i]);
      if (sum <= tops[i]) {
        reached += Kernels.BEST.count(maxima, i * Kernels.MAXIMA, Kernels.MAXIMA, sum);
      }
    }
    return reached;
  }

  /** Looks at some estimates in every cell: of many, the maxima would let through too many. */
  private float sampledThreshold(int want) {
    int stride = Math.max(1, want / SAMPLED) | 1;
    if (stride >= Cell.SIZE) {
      return Float.NEGATIVE_INFINITY;
    }
    greatest.begin(Math.max(1, want / stride));
    for (int i = 0; i < count; i++) {
      for (int lane = i % stride; lane < Cell.SIZE; lane += stride) {
        int sum = sums[i * Cell.SIZE + lane];
        if (sum > Cell.FREE_SUM) {
          greatest.offer(bases[i] + sum * units[i]);
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
    Cell cell = looked[pick];
    float unit = units[pick];
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
