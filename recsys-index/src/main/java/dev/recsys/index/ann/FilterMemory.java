package dev.recsys.index.ann;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a set of ids that searches of an index are filtered by again and again.
 * Nothing is before it has been asked for as often as makes up for the work. Safe for many threads.
 */
final class FilterMemory {
  /** Copies of single cells are worth their making from so many searches on. */
  private static final int OFTEN = 4;

  /** A search must go by for so many ids before these are gathered. */
  private static final int GATHERED_A_SEARCH = 64;

  private final IdSet ids;
  private final WeakReference<LiveGraph> index;
  private final AcceptedCells accepted;
  private final AtomicInteger searches = new AtomicInteger();
  private final AtomicInteger sinceChange = new AtomicInteger();
  private volatile @Nullable GatheredSlots gathered;

  FilterMemory(IdSet ids, LiveGraph live) {
    this.ids = ids;
    this.index = new WeakReference<>(live);
    this.accepted = new AcceptedCells(ids);
  }

  boolean isOf(LiveGraph live) {
    return index.refersTo(live);
  }

  /** Counts a search; returns what is accepted of each cell, or null if there were few. */
  @Nullable AcceptedCells accepted() {
    return searches.get() >= OFTEN || searches.incrementAndGet() >= OFTEN ? accepted : null;
  }

  /** Counts a search; returns all that is accepted, or null if there were few since a change. */
  @Nullable GatheredSlots gathered(LiveGraph live, Graph graph) {
    GatheredSlots known = gathered;
    if (known != null && known.isOf(live.changes.get(), graph.cells)) {
      return known;
    }
    if (known != null) {
      gathered = null;
      sinceChange.set(0);
    }
    // one thread gathers, the others do without
    if (sinceChange.incrementAndGet() == OFTEN + ids.size() / GATHERED_A_SEARCH) {
      sinceChange.set(0);
      gathered = GatheredSlots.of(ids, live, graph);
    }
    return null;
  }
}
