package dev.recsys.index.ann;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a set of ids that searches of some cells are filtered by again and again.
 * Nothing is before it has been asked for as often as makes up for the work. Safe for many threads.
 */
final class FilterMemory {
  /** Copies of single cells are worth their making from so many searches on. */
  private static final int OFTEN = 4;

  /** A search must go by for so many ids before these are gathered. */
  private static final int GATHERED_A_SEARCH = 64;

  private final IdSet ids;
  private final WeakReference<Cells> all;
  private final AcceptedCells accepted;
  private final AtomicInteger searches = new AtomicInteger();
  private volatile @Nullable GatheredCells gathered;

  FilterMemory(IdSet ids, Cells all) {
    this.ids = ids;
    this.all = new WeakReference<>(all);
    this.accepted = new AcceptedCells(ids);
  }

  boolean isOf(Cells cells) {
    return all.refersTo(cells);
  }

  /** Counts a search; returns what is accepted of each cell, or null if there were few. */
  @Nullable AcceptedCells accepted() {
    return searches.get() >= OFTEN || searches.incrementAndGet() >= OFTEN ? accepted : null;
  }

  /** Counts a search; returns all that is accepted, or null if there were few since a change. */
  @Nullable GatheredCells gathered(LiveGraph live, GraphCodes codes, Cells cells) {
    GatheredCells known = gathered;
    if (known != null && known.isOf(live.changes.get())) {
      return known;
    }
    if (known != null) {
      gathered = null;
      searches.set(0);
    }
    // one thread gathers, the others do without
    if (searches.incrementAndGet() == OFTEN + ids.size() / GATHERED_A_SEARCH) {
      searches.set(0);
      gathered = GatheredCells.of(ids, live, codes, cells);
    }
    return null;
  }
}
