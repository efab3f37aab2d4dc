package dev.recsys.bench.report;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use once garbage is gone. */
final class Heap {
  private static final int MOST_ROUNDS = 12;
  private static final int ROUNDS_WITHOUT_GAIN = 3;

  private Heap() {}

  /**
   * Collects garbage until that frees nothing more, several times over as what a collection has
   * found may be let go of after it, and returns the bytes in use.
   */
  static long used() {
    long least = Long.MAX_VALUE;
    int vain = 0;
    for (int round = 0; round < MOST_ROUNDS && vain < ROUNDS_WITHOUT_GAIN; round++) {
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      vain = used < least ? 0 : vain + 1;
      least = Math.min(least, used);
    }
    return least;
  }
}
