package dev.recsys.index.ann;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Takes dead slots out of the graph: whoever links to one chooses anew among its live links and
 * those of the dead (as FreshDiskANN does, Singh et al., 2021), and the new neighbours link back.
 * The caller keeps all other writers away; searches may go on.
 */
final class Repair {
  /** How many dead slots are passed through to find live ones behind them. */
  private static final int MAX_PASSED = 128;

  private final Graph graph;
  private final Slots slots;
  private final Linker linker;
  private final BitSet dead;
  private int[] pool = new int[64];
  private int count;
  private final BitSet seen = new BitSet();
  private final int[] passed = new int[MAX_PASSED];
  private int deadCount;

  Repair(Graph graph, Slots slots, Linker linker, BitSet dead) {
    this.graph = graph;
    this.slots = slots;
    this.linker = linker;
    this.dead = dead;
  }

  /** Mends all links and frees the dead slots. */
  void run() {
    for (int slot = 0; slot < slots.end(); slot++) {
      if (slots.live(slot)) {
        for (int level = graph.level(slot); level >= 0; level--) {
          mend(slot, level);
        }
      }
    }
    for (int slot = dead.nextSetBit(0); slot >= 0; slot = dead.nextSetBit(slot + 1)) {
      graph.clear(slot);
      slots.give(slot);
    }
  }

  private void mend(int slot, int level) {
    int[] list = graph.links(slot, level);
    int at = graph.at(slot, level);
    int links = graph.count(slot, level);
    int lost = 0;
    for (int i = at; i < at + links; i++) {
      if (dead.get(list[i])) {
        lost++;
      }
    }
    if (lost == 0) {
      return;
    }
    collect(slot, level, list, at, links);
    linker.relink(graph, slot, level, pool, count);
    for (int i = at; i < at + graph.width(level) && list[i] >= 0; i++) {
      linker.link(graph, list[i], slot, level);
    }
  }

  private void collect(int slot, int level, int[] list, int at, int links) {
    count = 0;
    seen.clear();
    deadCount = 0;
    take(slot, list, at, links);
    for (int i = 0; i < deadCount; i++) {
      take(slot, graph.links(passed[i], level), graph.at(passed[i], level), graph.width(level));
    }
    Arrays.sort(pool, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || pool[i] != pool[i - 1]) {
        pool[distinct++] = pool[i];
      }
    }
    count = distinct;
  }

  /** Takes the live links of a list; the dead are passed through later, each once. */
  private void take(int self, int[] list, int at, int links) {
    for (int i = at; i < at + links && list[i] >= 0; i++) {
      int slot = list[i];
      if (!dead.get(slot)) {
        if (slot != self) {
          add(slot);
        }
      } else if (deadCount < passed.length && !seen.get(slot)) {
        seen.set(slot);
        passed[deadCount++] = slot;
      }
    }
  }

  private void add(int slot) {
    if (count == pool.length) {
      pool = Arrays.copyOf(pool, 2 * count);
    }
    pool[count++] = slot;
  }
}
