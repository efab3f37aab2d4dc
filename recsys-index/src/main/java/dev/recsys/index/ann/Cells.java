package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;

/**
 * All slots by place: in {@link Cell}s of up to 256, each slot in the one whose centre was nearest
 * to it. A cell that is full is split in two, one that is nearly empty is dissolved, so that cells
 * follow the set (after SPFresh, Xu et al., SOSP 2023). The centres themselves lie in cells, in the
 * order of their numbers, so that the nearest of hundreds are found in a microsecond.
 *
 * <p>Writers exclude each other. A search takes {@link #cells} once: a cell that was split or
 * dissolved stays whole for who has it.
 */
final class Cells {
  /** A cell with fewer slots is dissolved. */
  private static final int MIN_COUNT = 16;

  /** Centres are moved to the means again when there are this many times as many cells. */
  private static final double STALE = 1.25;

  /** How much wider than it must be a cell is made. */
  private static final double SLACK = 1.2;

  /** Slots to look through for every candidate, until that was measured. */
  private static final float DEPTH = 100;

  /** The place of a slot that is in no cell. */
  static final int ABSENT = -1;

  final int components;
  final float lift;
  private final MetricType metric;
  private final CellPoint at;
  private final float[] point;
  private final float[] tail;
  private final float[] rootTails = new float[2];
  private final CellQuery nearest;
  private final short[] sums = new short[Cell.SIZE];
  private final short[] maxima = new short[Kernels.MAXIMA];
  private int[] places = {};
  private volatile Cell[] cells = {};
  private volatile Cell[] roots = {};
  private volatile int refinedCount;
  private volatile float depth = DEPTH;
  private volatile float share = 1;

  /**
   * Makes no cells yet.
   *
   * @param components how many leading components of a code tell where a slot lies
   * @param lift about the length of a vector's difference from the centre of all
   */
  Cells(MetricType metric, int components, double lift) {
    this.metric = metric;
    this.components = components;
    this.lift = (float) lift;
    this.at = new CellPoint(metric, components, this.lift);
    this.point = at.point;
    this.tail = at.tail;
    this.nearest = new CellQuery(components);
  }

  /** Returns the cells; they are numbered by their order. */
  Cell[] cells() {
    return cells;
  }

  /** Returns cells that hold the centres, 256 each, instead of slots. */
  Cell[] roots() {
    return roots;
  }

  /** Returns how many slots a search looks through for every candidate. */
  float depth() {
    return depth;
  }

  /** Returns which part of its candidates a search looks for; the others come with them. */
  float share() {
    return share;
  }

  /** Sets how many slots are looked through for a candidate, and which part of these is wanted. */
  void tune(float depth, float share) {
    this.depth = depth;
    this.share = share;
  }

  /** Returns the number of the cell that a slot is in, or -1. */
  synchronized int cellOf(int slot) {
    return slot >= places.length || places[slot] == ABSENT ? -1 : places[slot] / Cell.SIZE;
  }

  /** Returns the rows of codes in a cell of slots. */
  int length() {
    return components + 2;
  }

  private int rootLength() {
    return components + 3;
  }

  /** Returns cells of the same slots about the means of these. */
  synchronized Cells refined(GraphCodes codes) {
    Cells made = new Cells(metric, components, lift);
    for (Cell cell : cells) {
      made.append(new Cell(mean(codes, cell), length(), cell.radius(), 0));
    }
    for (Cell cell : cells) {
      for (int slot : cell.slots) {
        if (slot != Cell.FREE) {
          made.add(codes, slot);
        }
      }
    }
    for (int number = made.cells.length - 1; number >= 0; number--) {
      if (made.cells[number].count() < MIN_COUNT && made.cells.length > 1) {
        made.dissolve(codes, number);
      }
    }
    made.refinedCount = made.cells.length;
    made.tune(depth, share);
    return made;
  }

  private float[] mean(GraphCodes codes, Cell cell) {
    float[] mean = new float[components];
    for (int slot : cell.slots) {
      if (slot != Cell.FREE) {
        at.decode(codes, slot);
        for (int c = 0; c < components; c++) {
          mean[c] += point[c] / cell.count();
        }
      }
    }
    return mean;
  }

  /** Returns whether there are many more cells than when their centres were means. */
  boolean stale() {
    return cells.length > STALE * refinedCount;
  }

  int refinedCount() {
    return refinedCount;
  }

  /** Takes over the cells of a file, and for every slot its place in them. */
  void adopt(Cell[] loaded, int refined, int[] loadedPlaces) {
    cells = loaded;
    refinedCount = refined;
    places = loadedPlaces;
    settleRoots();
  }

  /** Makes the cells of the centres anew, as they are after a file was read. */
  synchronized void settleRoots() {
    Cell[] made = new Cell[(cells.length + Cell.SIZE - 1) / Cell.SIZE];
    for (int r = 0; r < made.length; r++) {
      made[r] = new Cell(new float[components], rootLength(), 0, 0);
      made[r] = root(r, made[r], cells.length);
    }
    roots = made;
  }

  /** Returns the cell of 256 centres, wide enough for all of them. */
  private Cell root(int r, Cell old, int end) {
    double radius = 0;
    for (int i = r * Cell.SIZE; i < Math.min(end, (r + 1) * Cell.SIZE); i++) {
      aimRoot(cells[i]);
      radius = Math.max(radius, old.distance(cells[i].center, rootTails));
    }
    Cell wide = new Cell(old.center, rootLength(), SLACK * radius, Cell.SIZE);
    for (int i = r * Cell.SIZE; i < Math.min(end, (r + 1) * Cell.SIZE); i++) {
      aimRoot(cells[i]);
      wide.put(i % Cell.SIZE, i, cells[i].center, rootTails);
    }
    return wide;
  }

  /** Puts a slot into the nearest cell. */
  synchronized void add(GraphCodes codes, int slot) {
    if (slot >= places.length) {
      int before = places.length;
      places = Arrays.copyOf(places, Math.max(slot + 1, slot + (slot >> 2) + 16));
      Arrays.fill(places, before, places.length, ABSENT);
    }
    remove(codes, slot);
    at.decode(codes, slot);
    if (cells.length == 0) {
      append(new Cell(point.clone(), length(), lift / 2, 0));
    }
    int number = nearest();
    // another that is full may be nearest once the centres of the parts are known
    while (cells[number].count() == Cell.SIZE) {
      split(codes, number);
      at.decode(codes, slot);
      number = nearest();
    }
    put(codes, number, slot);
  }

  private void put(GraphCodes codes, int number, int slot) {
    Cell cell = cells[number];
    at.aim(codes, slot, cell);
    double distance = cell.distance(point, tail);
    if (distance > cell.radius()) {
      cell = widened(codes, number, SLACK * distance);
      at.decode(codes, slot);
      at.aim(codes, slot, cell);
    }
    if (cell.full()) {
      cell = cell.grown();
      replace(number, cell);
    }
    int lane = cell.freeLane();
    cell.put(lane, slot, point, tail);
    places[slot] = number * Cell.SIZE + lane;
  }

  private Cell widened(GraphCodes codes, int number, double radius) {
    Cell old = cells[number];
    Cell wide = new Cell(old.center, length(), radius, old.slots.length);
    for (int lane = 0; lane < old.slots.length; lane++) {
      if (old.slots[lane] != Cell.FREE) {
        at.decode(codes, old.slots[lane]);
        at.aim(codes, old.slots[lane], wide);
        wide.put(lane, old.slots[lane], point, tail);
      }
    }
    replace(number, wide);
    return wide;
  }

  private int nearest() {
    nearest.begin(point, lift, 0);
    float best = Float.NEGATIVE_INFINITY;
    int number = 0;
    for (int r = 0; r < roots.length; r++) {
      Cell root = roots[r];
      int greatest = nearest.sum(root, sums, 0, maxima, 0);
      float score = greatest * nearest.unit(root);
      if (score > best) {
        int lane = lane(greatest);
        if (root.slots[lane] != Cell.FREE) {
          best = score;
          number = root.slots[lane];
        }
      }
    }
    return number;
  }

  private int lane(int sum) {
    int lane = 0;
    while (sums[lane] != sum) {
      lane++;
    }
    return lane;
  }

  /** Takes a slot out of its cell, if it is in one. */
  synchronized void remove(GraphCodes codes, int slot) {
    if (slot >= places.length || places[slot] == ABSENT) {
      return;
    }
    int number = places[slot] / Cell.SIZE;
    Cell cell = cells[number];
    cell.free(places[slot] % Cell.SIZE);
    places[slot] = ABSENT;
    if (cell.count() < MIN_COUNT && (cell.count() == 0 || cells.length > 1)) {
      dissolve(codes, number);
    }
  }

  private void dissolve(GraphCodes codes, int number) {
    Cell cell = cells[number];
    int last = cells.length - 1;
    Cell moved = cells[last];
    if (number != last) {
      replace(number, moved);
      settle(number, moved);
    }
    cells = Arrays.copyOf(cells, last);
    roots[last / Cell.SIZE].free(last % Cell.SIZE);
    if (last % Cell.SIZE == 0) {
      roots = Arrays.copyOf(roots, last / Cell.SIZE);
    }
    for (int slot : cell.slots) {
      if (slot != Cell.FREE) {
        places[slot] = ABSENT;
        add(codes, slot);
      }
    }
  }

  private void settle(int number, Cell cell) {
    for (int lane = 0; lane < cell.slots.length; lane++) {
      if (cell.slots[lane] != Cell.FREE) {
        places[cell.slots[lane]] = number * Cell.SIZE + lane;
      }
    }
  }

  private void split(GraphCodes codes, int number) {
    int[] slots = cells[number].slots;
    float[] points = new float[slots.length * components];
    for (int i = 0; i < slots.length; i++) {
      at.decode(codes, slots[i]);
      System.arraycopy(point, 0, points, i * components, components);
    }
    Halves halves = new Halves(points, components);
    Cell first = half(codes, slots, points, halves, 0);
    Cell second = half(codes, slots, points, halves, 1);
    replace(number, first);
    settle(number, first);
    append(second);
    settle(cells.length - 1, second);
  }

  private Cell half(GraphCodes codes, int[] slots, float[] points, Halves halves, int side) {
    Cell half = new Cell(halves.center(side), length(), 0, 0);
    double radius = 0;
    int members = 0;
    for (int i = 0; i < slots.length; i++) {
      if (halves.side(i) == side) {
        members++;
        System.arraycopy(points, i * components, point, 0, components);
        at.aim(codes, slots[i], half);
        radius = Math.max(radius, half.distance(point, tail));
      }
    }
    half = new Cell(half.center, length(), SLACK * radius, members);
    for (int i = 0, lane = 0; i < slots.length; i++) {
      if (halves.side(i) == side) {
        System.arraycopy(points, i * components, point, 0, components);
        at.aim(codes, slots[i], half);
        half.put(lane++, slots[i], point, tail);
      }
    }
    return half;
  }

  private void replace(int number, Cell cell) {
    Cell[] changed = cells.clone();
    changed[number] = cell;
    cells = changed;
    root(number, cell);
  }

  /** Adds a cell behind the others. */
  void append(Cell cell) {
    int number = cells.length;
    Cell[] more = Arrays.copyOf(cells, number + 1);
    more[number] = cell;
    cells = more;
    if (number % Cell.SIZE == 0) {
      Cell[] moreRoots = Arrays.copyOf(roots, roots.length + 1);
      moreRoots[roots.length] = new Cell(new float[components], rootLength(), lift, Cell.SIZE);
      roots = moreRoots;
    }
    root(number, cell);
  }

  private void root(int number, Cell cell) {
    int r = number / Cell.SIZE;
    aimRoot(cell);
    double distance = roots[r].distance(cell.center, rootTails);
    if (distance > roots[r].radius()) {
      Cell[] changed = roots.clone();
      changed[r] = root(r, roots[r], cells.length);
      roots = changed;
    } else {
      roots[r].put(number % Cell.SIZE, number, cell.center, rootTails);
    }
  }

  private void aimRoot(Cell cell) {
    rootTails[0] = -cell.halfSquare / lift;
    rootTails[1] = (float) cell.radius();
  }
}
