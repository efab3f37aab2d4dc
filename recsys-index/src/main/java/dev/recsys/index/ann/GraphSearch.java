package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Searches a graph, or all of it where that is less work. Takes no lock, but for a last resort. */
final class GraphSearch {
  /** A walk compares some ten vectors a candidate: if those are all there are, they are scanned. */
  private static final int SCAN_FACTOR = 8;

  /** If no more than one of so many is in a set, these are looked up one by one. */
  private static final int FEW = 25;

  /** If the set is asked often, these are gathered already at one of so many. */
  private static final int GATHERED = 16;

  /** Both where there are no cells: a walk is more work under a filter than without. */
  private static final int FEW_TO_WALK = 8;

  private static final int ATTEMPTS = 3;

  private final LiveGraph live;
  private final GraphWriter writer;
  private final ThreadLocal<Traversal> traversals;

  GraphSearch(LiveGraph live, GraphWriter writer, ThreadLocal<Traversal> traversals) {
    this.live = live;
    this.writer = writer;
    this.traversals = traversals;
  }

  SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Traversal walk = traversals.get();
    prepare(query, walk.vector);
    for (int i = 0; i < ATTEMPTS; i++) {
      SearchResult result = attempt(walk, k, ef, accept, i > 0);
      if (result != null) {
        return result;
      }
    }
    // writers were faster every time; they wait for this one
    SearchResult settled = writer.exclusively(() -> attempt(walk, k, ef, accept, true));
    return Objects.requireNonNull(settled);
  }

  private void prepare(float[] query, float[] ready) {
    System.arraycopy(query, 0, ready, 0, ready.length);
    if (live.metric == MetricType.COSINE) {
      double norm = Kernels.norm(query);
      for (int i = 0; norm > 0 && i < ready.length; i++) {
        ready[i] = (float) (ready[i] / norm);
      }
    }
  }

  /**
   * Returns null if an id may be missing or is there twice because it was written meanwhile.
   *
   * @param distinct whether to look out for ids that have two slots from the start
   */
  private @Nullable SearchResult attempt(
      Traversal walk, int k, int ef, @Nullable LongPredicate accept, boolean distinct) {
    // first: the slots that this repair freed were dead by the changes read next
    int repairs = live.repairs.get();
    int began = live.changes.get();
    boolean doubles = live.doubles.get() > 0;
    walk.scored = 0;
    walk.complete = false;
    Rescoring rescoring = new Rescoring(live.slots, live.metric, walk, k, accept, began, distinct);
    boolean found = candidates(walk, k, ef, accept);
    if (found) {
      rescoring.candidates(walk.candidates);
    }
    if (!rescoring.full() && !(found && walk.complete)) {
      found = false;
      rescoring = new Rescoring(live.slots, live.metric, walk, k, accept, began, distinct);
      rescoring.scan(live.slots.end());
    }
    SearchResult result =
        rescoring.result(walk.scored, found ? SearchResult.Method.GRAPH : SearchResult.Method.SCAN);
    boolean changed = live.changes.get() != began;
    if (changed && rescoring.crowded()) {
      return null;
    }
    // a slot that has got another id does not tell that it had one which moved
    boolean hidden = rescoring.hidden() || live.repairs.get() != repairs;
    return (changed || doubles) && (hidden || doubled(result)) ? null : result;
  }

  /** Fills the candidates of a walk; returns false if all slots must be scanned instead. */
  private boolean candidates(Traversal walk, int k, int ef, @Nullable LongPredicate accept) {
    Graph graph = live.graph;
    if (!(accept instanceof IdSet ids)) {
      return walked(walk, graph, k, ef, accept, null);
    }
    Cells cells = graph.cells;
    FilterMemory memory = ids.memory(live);
    int size = live.slots.size();
    if (ids.size() <= size / (cells == null ? FEW_TO_WALK : GATHERED)) {
      GatheredSlots gathered = memory.gathered(live, graph);
      if (gathered != null) {
        among(gathered, walk, graph, k, ef);
        return true;
      }
    }
    if (ids.size() <= size / (cells == null ? FEW_TO_WALK : FEW)) {
      walk.few(live, graph, ids, ef);
      return true;
    }
    return walked(walk, graph, k, ef, accept, cells == null ? null : memory.accepted());
  }

  private void among(GatheredSlots gathered, Traversal walk, Graph graph, int k, int ef) {
    Cells cells = graph.cells;
    if (cells == null) {
      walk.few(graph, gathered.slots(), gathered.slots().length, ef);
    } else {
      graph.codes.query(walk.vector, cells.components, walk.query);
      walk.cells.run(walk, live, graph, cells, gathered, k, ef);
    }
  }

  private boolean walked(
      Traversal walk,
      Graph graph,
      int k,
      int ef,
      @Nullable LongPredicate accept,
      @Nullable AcceptedCells accepted) {
    long entry = live.entry();
    int size = live.slots.size();
    if (entry < 0 || (long) ef * SCAN_FACTOR >= size) {
      return false;
    }
    Cells cells = graph.cells;
    if (cells != null) {
      graph.codes.query(walk.vector, cells.components, walk.query);
      walk.cells.run(walk, live, graph, cells, k, ef, accept, accepted);
      return true;
    }
    graph.codes.query(walk.vector, walk.query);
    int start = walk.descend(graph, LiveGraph.slot(entry), LiveGraph.level(entry), 0);
    if (accept == null) {
      walk.explore(graph, start, 0, ef);
      return true;
    }
    return walk.explore(graph, live.slots, start, ef, accept);
  }

  private static boolean doubled(SearchResult result) {
    LongIntMap seen = new LongIntMap();
    for (int i = 0; i < result.size(); i++) {
      seen.put(result.id(i), i);
    }
    return seen.size() < result.size();
  }
}
