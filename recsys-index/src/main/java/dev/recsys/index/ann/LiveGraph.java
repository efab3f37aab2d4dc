package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** What searches read and writers change: slots, graph, and where a search enters it. */
final class LiveGraph {
  static final int MAX_LEVEL = 30;
  private static final long NO_ENTRY = -1;

  final int dimension;
  final MetricType metric;
  final int m;
  final int efConstruction;
  final long seed;
  final Slots slots;

  /** Counts the slots that became live or dead. */
  final AtomicInteger changes = new AtomicInteger();

  /** Counts the ids that have an old and a new slot, both live, at the moment. */
  final AtomicInteger doubles = new AtomicInteger();

  /** Counts how often dead slots were freed for other ids; goes up before the first is. */
  final AtomicInteger repairs = new AtomicInteger();

  volatile Graph graph;
  private volatile long entry = NO_ENTRY;

  LiveGraph(int dimension, MetricType metric, int m, int efConstruction, long seed) {
    this.dimension = dimension;
    this.metric = metric;
    this.m = m;
    this.efConstruction = efConstruction;
    this.seed = seed;
    this.slots = new Slots(dimension);
    Projection all = Projection.identity(dimension);
    this.graph = new Graph(m, 0, new GraphCodes(metric, all, new byte[0][]));
  }

  /**
   * Returns the highest level of a slot, which depends on nothing else, so that a graph built on
   * many threads has the levels of one built on one; one of m reaches each next level.
   */
  int level(int slot) {
    double uniform = new SplittableRandom(seed + slot * 0x9E3779B97F4A7C15L).nextDouble();
    return (int) Math.min(MAX_LEVEL, -Math.log1p(-uniform) / Math.log(m));
  }

  /** Makes room for more slots, and gives them their levels. */
  Graph grown(int capacity) {
    Graph grown = graph.withCapacity(capacity);
    for (int slot = graph.capacity; slot < capacity; slot++) {
      grown.raise(slot, level(slot));
    }
    return grown;
  }

  /** Brings the cells into the state that they have once they were read from a file. */
  void settleCells() {
    Cells cells = graph.cells;
    if (cells != null) {
      cells.settleRoots();
    }
  }

  /** Returns slot and level of the entry, to be read by the two methods below; -1 for none. */
  long entry() {
    return entry;
  }

  static int slot(long entry) {
    return (int) entry;
  }

  static int level(long entry) {
    return (int) (entry >> 32);
  }

  void enterAt(int slot) {
    entry = slot < 0 ? NO_ENTRY : (long) graph.level(slot) << 32 | slot;
  }
}
