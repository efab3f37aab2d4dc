package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds candidates in the cells nearest to a query, accepted ones only: so many cells that hardly a
 * neighbour lies outside. Under a filter more cells are needed the fewer of their slots are
 * accepted; the density is taken from the cells that are looked through, so that a filter may
 * depend on the place. For one thread at a time.
 */
final class CellSearch {
  /** How the number of accepted slots that must be seen falls with their density. */
  private static final double FALL = 0.65;

  /** Which part of its candidates a filtered search looks for at least. */
  private static final float FILTERED_SHARE = 0.6f;

  private static final int ROUND = 64;
  private static final int MORE = 4;
  private static final int MAX_GUESS = 1 << 28;

  private final CellScan scan = new CellScan();
  private final int[] found = new int[Cell.SIZE];
  private final float[] estimates = new float[Cell.SIZE];
  private double seen;
  private double squares;
  private double depth;

  /** Fills the candidates of a walk; {@code walk.query} must be ready. */
  void run(
      Traversal walk,
      LiveGraph live,
      Graph graph,
      Cells cells,
      int k,
      int ef,
      @Nullable LongPredicate accept) {
    walk.collect(graph, ef);
    scan.begin(cells, walk.query, live.metric == MetricType.L2);
    seen = 0;
    depth = cells.depth() * ef;
    squares = 0;
    // far from the query, what a filter may keep, sums tell scores less well
    float share = accept == null ? cells.share() : Math.max(cells.share(), FILTERED_SHARE);
    int wanted = Math.max(k, (int) Math.ceil(share * ef));
    int all = cells.cells().length;
    double mean = Math.max(1.0, (double) live.slots.size() / Math.max(1, all));
    int target = (int) Math.min(ROUND, Math.ceil(depth / mean));
    for (int picked = scan.pick(target); picked > 0; picked = scan.pick(next(mean))) {
      scan.sum();
      look(live.slots, picked, accept);
      if (accept == null) {
        take(walk, picked, wanted);
      } else {
        takeAccepted(walk, live.slots, picked, wanted, accept);
      }
      if (seen >= needed() && walk.candidates.size() >= wanted) {
        return;
      }
    }
  }

  private double density() {
    return seen > 0 ? squares / seen : 0;
  }

  private double needed() {
    return depth * Math.pow(density(), FALL);
  }

  /** Returns how many cells are likely to be missing. */
  private int next(double mean) {
    double missing = (needed() - seen) / Math.max(0.01, density()) / mean;
    return (int) Math.max(4, Math.min(ROUND, Math.ceil(missing)));
  }

  private void look(Slots slots, int picked, @Nullable LongPredicate accept) {
    for (int i = 0; i < picked; i++) {
      double share = accept == null ? 1 : scan.share(i, slots, accept);
      seen += share * scan.members(i);
      squares += share * share * scan.members(i);
    }
  }

  private void take(Traversal walk, int picked, int wanted) {
    Candidates candidates = walk.candidates;
    float above = Float.POSITIVE_INFINITY;
    float floor = floor(candidates, wanted);
    long guess = wanted;
    do {
      // what is no better than these by its sum is not worth a closer look
      float cut = Math.max(floor, scan.threshold((int) Math.min(guess, MAX_GUESS)));
      for (int i = 0; i < picked && cut < above; i++) {
        walk.take(found, estimates, scan.collect(i, cut, above, found, estimates));
      }
      above = Math.min(above, cut);
      guess *= MORE;
      floor = floor(candidates, wanted);
    } while (above > floor && candidates.size() < wanted);
  }

  /** Takes accepted slots: of all that may be better than the last one wanted, none is left out. */
  private void takeAccepted(
      Traversal walk, Slots slots, int picked, int wanted, LongPredicate accept) {
    Candidates candidates = walk.candidates;
    float above = Float.POSITIVE_INFINITY;
    long guess = (long) (wanted / Math.max(0.01, density()));
    while (candidates.size() < wanted && above > Float.NEGATIVE_INFINITY) {
      float cut = scan.threshold((int) Math.min(guess, MAX_GUESS));
      for (int i = 0; i < picked && cut < above; i++) {
        takeAccepted(walk, slots, i, cut, above, accept);
      }
      above = Math.min(above, cut);
      guess *= MORE;
    }
    for (int i = 0; i < picked && above > Float.NEGATIVE_INFINITY; i++) {
      float floor = floor(candidates, wanted);
      if (floor < above) {
        takeAccepted(walk, slots, i, floor, above, accept);
      }
    }
  }

  private void takeAccepted(
      Traversal walk, Slots slots, int pick, float from, float below, LongPredicate accept) {
    int count = scan.collect(pick, from, below, found, estimates);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = found[i];
      if (accept.test(slots.id(slot))) {
        found[kept] = slot;
        estimates[kept++] = estimates[i];
      }
    }
    walk.take(found, estimates, kept);
  }

  private static float floor(Candidates candidates, int wanted) {
    return candidates.size() < wanted ? Float.NEGATIVE_INFINITY : candidates.score(wanted - 1);
  }
}
