package dev.recsys.index.ann;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Chooses and writes links: of the nearest candidates those that are nearer to the slot than to any
 * already chosen (algorithm 4 of Malkov and Yashunin), by codes alone. For one thread; lists are
 * written under the lock of their slot, one at a time.
 */
final class Linker {
  private final Object[] locks;
  private final GraphQuery query = new GraphQuery();
  private final int[] chosen;
  private final int[] links;
  private final int[] four = new int[4];
  private final float[] scores;
  private long[] entries = new long[256];

  Linker(int m, Object[] locks) {
    this.locks = locks;
    this.chosen = new int[2 * m];
    this.links = new int[2 * m + 1];
    this.scores = new float[2 * m + 1];
  }

  private Object lock(int slot) {
    return locks[slot & locks.length - 1];
  }

  /**
   * Links a slot, which nothing leads to yet on that level, to the best of the candidates that a
   * walk found for it.
   *
   * @param leaving a slot not to link to, because it is about to die, or -1
   */
  void linkFrom(Graph graph, Slots slots, int slot, int level, Candidates candidates, int leaving) {
    if (entries.length < candidates.size()) {
      entries = new long[2 * candidates.size()];
    }
    int count = live(slots, leaving, candidates.copyTo(entries));
    int kept = choose(graph, slot, count, graph.width(level));
    graph.set(slot, level, chosen, kept);
  }

  /** Links to a slot from all that it has links to. */
  void linkTo(Graph graph, int slot, int level) {
    int at = graph.at(slot, level);
    int[] from = graph.links(slot, level);
    int[] neighbours = Arrays.copyOfRange(from, at, at + graph.count(slot, level));
    VarHandle.releaseFence();
    for (int neighbour : neighbours) {
      link(graph, neighbour, slot, level);
    }
  }

  private int live(Slots slots, int leaving, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int slot = Candidates.slot(entries[i]);
      if (slot != leaving && slots.live(slot)) {
        entries[kept++] = entries[i];
      }
    }
    return kept;
  }

  /** Adds a link; where there is no room, chooses among the links and the new one. */
  void link(Graph graph, int from, int to, int level) {
    synchronized (lock(from)) {
      if (level > graph.level(from)) {
        return;
      }
      int[] list = graph.links(from, level);
      int at = graph.at(from, level);
      int count = graph.count(from, level);
      for (int i = at; i < at + count; i++) {
        if (list[i] == to) {
          return;
        }
      }
      if (count < graph.width(level)) {
        list[at + count] = to;
        return;
      }
      System.arraycopy(list, at, links, 0, count);
      links[count] = to;
      relink(graph, from, level, links, count + 1);
    }
  }

  /** Replaces the links of a slot by the best of some slots. The caller holds its lock. */
  void relink(Graph graph, int slot, int level, int[] slots, int count) {
    graph.codes.query(slot, query);
    float[] to = count <= scores.length ? scores : new float[count];
    graph.codes.score(query, slots, count, to);
    if (entries.length < count) {
      entries = new long[2 * count];
    }
    for (int i = 0; i < count; i++) {
      entries[i] = Candidates.pack(to[i], slots[i]);
    }
    Arrays.sort(entries, 0, count);
    int kept = choose(graph, slot, count, graph.width(level));
    graph.set(slot, level, chosen, kept);
  }

  private int choose(Graph graph, int slot, int count, int most) {
    float own = graph.codes.bias(slot);
    int kept = 0;
    for (int i = 0; i < count && kept < most; i++) {
      int candidate = Candidates.slot(entries[i]);
      float near = Candidates.score(entries[i]) + own;
      // equals of the nearest may not take all the links, or nothing leads away from them
      boolean equal = near == Candidates.score(entries[0]) + own;
      if (equal && kept >= most / 2) {
        continue;
      }
      if (kept == 0 || nearestChosen(graph, candidate, near, kept)) {
        chosen[kept++] = candidate;
      }
    }
    return kept;
  }

  /** Returns whether no chosen slot is nearer to the candidate than {@code near}. */
  private boolean nearestChosen(Graph graph, int candidate, float near, int kept) {
    GraphCodes codes = graph.codes;
    codes.query(candidate, query);
    float limit = near - codes.bias(candidate);
    for (int i = 0; i < kept; i += 4) {
      int some = Math.min(4, kept - i);
      System.arraycopy(chosen, i, four, 0, some);
      codes.score(query, four, some, scores);
      for (int j = 0; j < some; j++) {
        if (scores[j] > limit) {
          return false;
        }
      }
    }
    return true;
  }
}
