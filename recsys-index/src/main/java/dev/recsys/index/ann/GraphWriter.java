package dev.recsys.index.ann;

import java.util.BitSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes a graph. Writers share a lock, so that many insert at once; what concerns all slots
 * (growth, other codes, repair, a file) takes it alone. Searches know nothing of it. Writes of one
 * id follow one another.
 */
final class GraphWriter {
  private static final int LOCKS = 1 << 10;
  private static final int FIRST_CAPACITY = 256;
  private static final int MAX_GROWTH = 1 << 16;
  private static final int FIRST_FIT = 1 << 10;
  private static final int SAMPLE = 1 << 11;

  /** Codes are fitted anew when this many times the vectors that they were fitted to came in. */
  private static final int STALE = 7;

  /** One slot in so many may be dead before the graph is repaired. */
  private static final int DEAD_PART = 64;

  private final LiveGraph live;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Object[] idLocks = locks();
  private final Object[] linkLocks = locks();
  private final ThreadLocal<Traversal> traversals;
  private final ThreadLocal<Linker> linkers;
  private final Object entryLock = new Object();
  private final BitSet dead = new BitSet();
  private int deadCount;
  private int sinceFit;
  private int nextFit = FIRST_FIT;

  /** At how many changes since the fit it is tried whether cells pay again. */
  private int nextTrial;

  GraphWriter(LiveGraph live, ThreadLocal<Traversal> traversals) {
    this.live = live;
    this.traversals = traversals;
    this.linkers = ThreadLocal.withInitial(() -> new Linker(live.m, linkLocks));
  }

  private static Object[] locks() {
    Object[] locks = new Object[LOCKS];
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
    return locks;
  }

  private Object lockOf(long id) {
    return idLocks[Long.hashCode(id * 0x9E3779B97F4A7C15L) >>> 22];
  }

  /** Inserts or overwrites; the vector is ready for the metric. */
  void add(long id, float[] vector) {
    synchronized (lockOf(id)) {
      while (!tryAdd(id, vector)) {
        exclusively(this::grow);
      }
      maintain();
    }
  }

  /** Removes an id and returns whether it was there. */
  boolean remove(long id) {
    synchronized (lockOf(id)) {
      lock.readLock().lock();
      try {
        int slot = live.slots.unbind(id);
        if (slot == LongIntMap.ABSENT) {
          return false;
        }
        bury(slot);
      } finally {
        lock.readLock().unlock();
      }
      maintain();
      return true;
    }
  }

  private boolean tryAdd(long id, float[] vector) {
    lock.readLock().lock();
    try {
      int slot = live.slots.take(id, live.graph.capacity);
      if (slot < 0) {
        return false;
      }
      live.slots.write(slot, vector);
      live.graph.codes.encode(slot, vector, traversals.get().row);
      Cells cells = live.graph.cells;
      if (cells != null) {
        cells.add(live.graph.codes, slot);
      }
      // the old vector is found until the new one is
      live.doubles.incrementAndGet();
      live.slots.mark(slot, true, live.changes.incrementAndGet());
      link(slot, live.slots.find(id));
      int before = live.slots.bind(id, slot);
      if (before != LongIntMap.ABSENT) {
        bury(before);
      }
      live.doubles.decrementAndGet();
      return true;
    } finally {
      lock.readLock().unlock();
    }
  }

  private void bury(int slot) {
    live.slots.mark(slot, false, live.changes.incrementAndGet());
    Cells cells = live.graph.cells;
    if (cells != null) {
      cells.remove(live.graph.codes, slot);
    }
    synchronized (dead) {
      dead.set(slot);
      deadCount++;
    }
  }

  private void link(int slot, int leaving) {
    Graph graph = live.graph;
    int level = graph.level(slot);
    long entry = entryFor(slot);
    if (LiveGraph.slot(entry) == slot) {
      return;
    }
    Traversal walk = traversals.get();
    graph.codes.query(slot, walk.query);
    int top = LiveGraph.level(entry);
    int at = walk.descend(graph, LiveGraph.slot(entry), top, level);
    int highest = Math.min(top, level);
    Linker linker = linkers.get();
    for (int l = highest; l >= 0; l--) {
      walk.explore(graph, at, l, live.efConstruction);
      linker.linkFrom(graph, live.slots, slot, l, walk.candidates, leaving);
      at = walk.candidates.slot(0);
    }
    // not before: who met the slot on a high level would find no way on below
    for (int l = 0; l <= highest; l++) {
      linker.linkTo(graph, slot, l);
    }
    if (level > top) {
      synchronized (entryLock) {
        if (level > LiveGraph.level(live.entry())) {
          live.enterAt(slot);
        }
      }
    }
  }

  private long entryFor(int slot) {
    synchronized (entryLock) {
      if (live.entry() < 0) {
        live.enterAt(slot);
      }
      return live.entry();
    }
  }

  private void maintain() {
    boolean mend;
    boolean fit;
    boolean retry;
    synchronized (dead) {
      sinceFit++;
      mend = mustRepair();
      fit = sinceFit >= nextFit;
      retry = mustTryCells();
    }
    if (mend) {
      exclusively(this::repair);
    }
    if (fit) {
      exclusively(this::refit);
    } else if (retry) {
      exclusively(this::tryCells);
    }
    Cells cells = live.graph.cells;
    if (cells != null && cells.stale()) {
      exclusively(this::refine);
    }
  }

  /** Cells that did not pay may do so after as many changes as there are vectors. */
  private boolean mustTryCells() {
    return sinceFit >= nextTrial
        && live.graph.cells == null
        && live.graph.codes.projection.cellComponents() > 0;
  }

  private Graph tryCells() {
    if (mustTryCells()) {
      live.graph = tried(live.graph.withCodes(live.graph.codes, cells(live.graph.codes)));
    }
    return live.graph;
  }

  private boolean mustRepair() {
    return deadCount > live.slots.size() / DEAD_PART;
  }

  /** Runs something while no other writer does. */
  <T> T exclusively(Supplier<T> action) {
    lock.writeLock().lock();
    try {
      return action.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Graph grow() {
    int capacity = live.graph.capacity;
    if (live.slots.end() == capacity) {
      live.graph = live.grown(Math.max(FIRST_CAPACITY, capacity + Math.min(capacity, MAX_GROWTH)));
    }
    return live.graph;
  }

  /** Takes the dead out of the graph; nobody else may write. */
  Graph repair() {
    Graph graph = live.graph;
    if (deadCount > 0) {
      live.repairs.incrementAndGet();
      new Repair(graph, live.slots, linkers.get(), dead).run();
      if (dead.get(LiveGraph.slot(live.entry()))) {
        live.enterAt(highest(graph));
      }
      dead.clear();
      deadCount = 0;
    }
    return graph;
  }

  private int highest(Graph graph) {
    int highest = -1;
    for (int slot = 0; slot < live.slots.end(); slot++) {
      if (live.slots.live(slot) && (highest < 0 || graph.level(slot) > graph.level(highest))) {
        highest = slot;
      }
    }
    return highest;
  }

  private Graph refit() {
    if (sinceFit < nextFit) {
      return live.graph;
    }
    nextFit = STALE * Math.max(FIRST_FIT, live.slots.size());
    sinceFit = 0;
    float[] sample = live.slots.sample(SAMPLE, live.seed);
    Projection fitted = Projection.fit(sample, live.dimension, live.seed);
    return recode(fitted);
  }

  private Graph recode(Projection projection) {
    float[] row = new float[live.dimension];
    float[] scratch = new float[live.dimension];
    int end = live.slots.end();
    Graph graph = live.graph;
    GraphCodes codes =
        new GraphCodes(live.metric, projection, new byte[0][]).withCapacity(graph.capacity);
    for (int slot = 0; slot < end; slot++) {
      live.slots.read(slot, row);
      codes.encode(slot, row, scratch);
    }
    live.graph = tried(graph.withCodes(codes, cells(codes)));
    return live.graph;
  }

  private Graph refine() {
    Graph graph = live.graph;
    Cells cells = graph.cells;
    if (cells != null && cells.stale()) {
      live.graph = tried(graph.withCodes(graph.codes, cells.refined(graph.codes)));
    }
    return live.graph;
  }

  /** Measures cells that were made anew, and drops them if a walk is less work. */
  private Graph tried(Graph graph) {
    nextTrial = sinceFit + Math.max(FIRST_FIT, live.slots.size());
    Cells cells = graph.cells;
    if (cells == null) {
      return graph;
    }
    boolean good = new CellTrial(live, graph, cells, traversals.get()).run();
    return good ? graph : graph.withCodes(graph.codes, null);
  }

  private @Nullable Cells cells(GraphCodes codes) {
    int components = codes.projection.cellComponents();
    double squares = 0;
    for (int slot = 0; slot < live.slots.end(); slot++) {
      squares += live.slots.live(slot) ? codes.square(slot) : 0;
    }
    double lift = Math.sqrt(squares / Math.max(1, live.slots.size()));
    // far from these, floats could not hold the squares
    if (components == 0 || !(lift > 1e-15 && lift < 1e15)) {
      return null;
    }
    Cells cells = new Cells(live.metric, components, lift);
    for (int slot = 0; slot < live.slots.end(); slot++) {
      if (live.slots.live(slot)) {
        cells.add(codes, slot);
      }
    }
    return cells.refined(codes);
  }

  /** Takes over what a file says of the next fit. */
  void resume(int since, int next) {
    sinceFit = since;
    nextFit = next;
    nextTrial = since + Math.max(FIRST_FIT, live.slots.size());
  }

  int sinceFit() {
    return sinceFit;
  }

  int nextFit() {
    return nextFit;
  }
}
