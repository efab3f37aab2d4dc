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
  private static final double FALL = 0.55;

  /** So many more are looked at than hold as many accepted ones as are wanted: these may be few. */
  private static final double AMPLE = 1.5;

  private static final int ROUND = 128;

  /** Where a search may end early, so many times as many slots are looked at at most. */
  private static final double DEEP = 2;

  /** It ends when what is left falls short by this part of what the candidates differ by. */
  private static final double MARGIN = 0.5;

  /** It begins with one of so many of the cells that would be looked through. */
  private static final int FIRST = 4;

  /** And goes on with one of so many of those looked through so far. */
  private static final int NEXT = 3;

  private static final int MORE = 4;
  private static final int MAX_GUESS = 1 << 28;

  private final CellScan scan = new CellScan();
  private final int[] found = new int[Cell.SIZE];
  private final float[] estimates = new float[Cell.SIZE];

  /** The density before any cell was looked through. */
  private double likely;

  /** How many slots the cells looked through have. */
  private double met;

  /** About how many of these are accepted. */
  private double seen;

  /** The sum of the shares that are accepted around each of those. */
  private double squares;

  private double depth;

  /** Whether a search may end before it has looked at all that it is allowed to. */
  private boolean early;

  /** Fills the candidates of a walk; {@code walk.query} must be ready. */
  void run(
      Traversal walk,
      LiveGraph live,
      Graph graph,
      Cells cells,
      int k,
      int ef,
      @Nullable LongPredicate accept,
      @Nullable AcceptedCells accepted) {
    walk.collect(graph, ef);
    scan.begin(cells, walk.query, live.metric == MetricType.L2);
    met = 0;
    seen = 0;
    // under L2 the ranks of far cells are too high, and under a filter it gains nothing
    early = accept == null && live.metric != MetricType.L2;
    depth = (early ? DEEP : 1) * cells.depth() * ef;
    squares = 0;
    likely = accept instanceof IdSet ids ? likely(ids.size(), live.slots.size()) : 1;
    int wanted = wanted(cells, k, ef);
    int all = cells.cells().length;
    double mean = Math.max(1.0, (double) live.slots.size() / Math.max(1, all));
    for (int picked = scan.pick(next(mean)); picked > 0; picked = scan.pick(next(mean))) {
      if (accepted != null) {
        scan.filter(accepted, live.slots);
      }
      scan.sum();
      look(live.slots, picked, accept, accepted != null);
      if (accept == null || accepted != null) {
        take(walk, picked, wanted);
      } else {
        takeAccepted(walk, live.slots, picked, wanted, accept);
      }
      if (walk.candidates.size() >= wanted && (seen >= needed() || late(walk.candidates, wanted))) {
        return;
      }
    }
  }

  /** Returns whether the cells that are left are too far off for another candidate. */
  private boolean late(Candidates candidates, int wanted) {
    double last = candidates.score(wanted - 1);
    return early && scan.beyond() < last - MARGIN * (candidates.score(0) - last);
  }

  /** Fills the candidates of a walk from all slots that are accepted. */
  void run(
      Traversal walk,
      LiveGraph live,
      Graph graph,
      Cells cells,
      GatheredSlots gathered,
      int k,
      int ef) {
    walk.collect(graph, ef);
    scan.begin(cells, gathered.cells(), walk.query, live.metric == MetricType.L2);
    scan.sum();
    take(walk, gathered.cells().length, wanted(cells, k, ef));
    walk.complete = walk.candidates.size() == gathered.slots().length;
  }

  private static int wanted(Cells cells, int k, int ef) {
    return Math.max(k, (int) Math.ceil(cells.share() * ef));
  }

  private static double likely(int accepted, int size) {
    return Math.min(1, (accepted + 1.0) / (size + 1.0));
  }

  private double density() {
    return seen > 0 ? Math.max(squares / seen, seen / met) : likely;
  }

  private double needed() {
    return depth * Math.pow(density(), FALL);
  }

  /** Returns how many cells are likely to be missing. */
  private int next(double mean) {
    double missing = (needed() - seen) / Math.max(0.01, density()) / mean;
    double most = !early ? ROUND : met == 0 ? missing / FIRST : met / mean / NEXT;
    return (int) Math.max(4, Math.min(most, Math.ceil(missing)));
  }

  private void look(Slots slots, int picked, @Nullable LongPredicate accept, boolean filtered) {
    for (int i = 0; i < picked; i++) {
      int members = scan.members(i);
      met += members;
      if (accept == null) {
        seen += members;
        squares += members;
        continue;
      }
      int asked = filtered ? members : Math.min(members, CellScan.SAMPLE);
      int yes = filtered ? scan.left(i) : scan.accepted(i, slots, accept);
      seen += yes * (double) members / Math.max(1, asked);
      // without bias: a pair of members, both accepted
      squares += yes * (yes - 1.0) * members / Math.max(1, asked * (asked - 1));
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
    long guess = (long) (AMPLE * wanted / Math.max(0.01, density()));
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
