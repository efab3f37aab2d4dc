package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;

/**
 * Measures on the set itself how many slots a search of its cells must look through: for stored
 * vectors, pulled some way towards another one as queries come from elsewhere, the neighbours that
 * a wide walk finds, and how far down the ranks of the cells they lie.
 */
final class CellTrial {
  private static final int QUERIES = 128;
  private static final int NEIGHBOURS = 10;

  /** How many candidates the walk keeps; it finds nearly all neighbours. */
  private static final int WIDTH = 160;

  /** The number of candidates of a search that is to find its neighbours. */
  private static final int EF = 64;

  /** The part of the neighbours that the cells must hold. */
  private static final double FOUND = 0.998;

  /** How far a query is pulled towards another vector. */
  private static final float PULL = 0.3f;

  private static final int STEP = 4;

  /** Which part of the candidates may have to be looked for. */
  private static final float[] SHARES = {0.45f, 0.7f, 1};

  /** Of the neighbours in the cells, so many must be among the candidates. */
  private static final double FOUND_BY_PREFIX = 0.993;

  /** Slots to look through for every candidate; with more a walk is faster. */
  private static final double MOST_DEPTH = 220;

  private static final double LEAST_DEPTH = 50;

  private final LiveGraph live;
  private final Graph graph;
  private final Cells cells;
  private final Traversal walk;
  private final CellScan scan = new CellScan();
  private final float[] sample;
  private final int queries;
  private final int[] neighbours = new int[QUERIES * NEIGHBOURS];
  private final int[] depths = new int[QUERIES * NEIGHBOURS];
  private int count;

  /** Prepares a trial of cells that hold the slots of the graph; nobody else may write. */
  CellTrial(LiveGraph live, Graph graph, Cells cells, Traversal walk) {
    this.live = live;
    this.graph = graph;
    this.cells = cells;
    this.walk = walk;
    this.sample = live.slots.sample(2 * QUERIES, live.seed);
    this.queries = sample.length / live.dimension / 2;
  }

  /**
   * Sets what a search of the cells needs.
   *
   * @return whether that is less work than a walk
   */
  boolean run() {
    for (int query = 0; query < queries && live.entry() >= 0; query++) {
      prepare(query);
      long entry = live.entry();
      int start = walk.descend(graph, LiveGraph.slot(entry), LiveGraph.level(entry), 0);
      walk.explore(graph, start, 0, WIDTH);
      rank(query);
    }
    Arrays.sort(depths, 0, count);
    double depth = count == 0 ? 0 : depths[(int) (FOUND * (count - 1))] / (double) EF;
    for (float share : SHARES) {
      cells.tune((float) Math.max(LEAST_DEPTH, depth), share);
      if (depth > MOST_DEPTH || found() >= FOUND_BY_PREFIX * count) {
        break;
      }
    }
    return depth <= MOST_DEPTH;
  }

  private void prepare(int query) {
    pull(query, queries + query, walk.vector);
    graph.codes.query(walk.vector, walk.query);
  }

  /** Returns how many of the neighbours a search of the cells finds. */
  private int found() {
    CellSearch search = new CellSearch();
    int found = 0;
    for (int query = 0; query < queries; query++) {
      prepare(query);
      search.run(walk, live, graph, cells, NEIGHBOURS, EF, null, null);
      for (int i = 0; i < walk.candidates.size(); i++) {
        int slot = walk.candidates.slot(i);
        for (int n = query * NEIGHBOURS; n < (query + 1) * NEIGHBOURS; n++) {
          found += neighbours[n] == slot ? 1 : 0;
        }
      }
    }
    return found;
  }

  private void pull(int row, int towards, float[] out) {
    int at = row * live.dimension;
    int other = towards * live.dimension;
    for (int c = 0; c < out.length; c++) {
      out[c] = sample[at + c] + PULL * (sample[other + c] - sample[at + c]);
    }
  }

  /** Notes how many slots are looked through until the cell of each neighbour is reached. */
  private void rank(int query) {
    Arrays.fill(neighbours, query * NEIGHBOURS, (query + 1) * NEIGHBOURS, -1);
    int[] left = new int[NEIGHBOURS];
    int missing = 0;
    for (int i = 0; i < walk.candidates.size() && missing < NEIGHBOURS; i++) {
      int cell = cells.cellOf(walk.candidates.slot(i));
      if (cell >= 0) {
        neighbours[query * NEIGHBOURS + missing] = walk.candidates.slot(i);
        left[missing++] = cell;
      }
    }
    scan.begin(cells, walk.query, live.metric == MetricType.L2);
    int depth = 0;
    for (int n = scan.pick(STEP); n > 0 && missing > 0; n = scan.pick(STEP)) {
      for (int i = 0; i < n; i++) {
        depth += scan.members(i);
      }
      for (int i = 0; i < n; i++) {
        for (int j = missing - 1; j >= 0; j--) {
          if (left[j] == scan.picked(i)) {
            depths[count++] = depth;
            left[j] = left[--missing];
          }
        }
      }
    }
  }
}
