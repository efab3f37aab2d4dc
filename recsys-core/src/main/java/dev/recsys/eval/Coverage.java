package dev.recsys.eval;

import java.util.HashSet;
import java.util.Set;

/** Collects which part of a catalogue is recommended to anyone. */
final class Coverage {
  private final int catalogue;
  private final Set<Long> recommended = new HashSet<>();

  /**
   * Starts with nothing recommended.
   *
   * @param catalogue the number of items, at least 1
   */
  Coverage(int catalogue) {
    if (catalogue < 1) {
      throw new IllegalArgumentException("catalogue must have at least 1 item, not " + catalogue);
    }
    this.catalogue = catalogue;
  }

  void addAll(long[] items) {
    for (long item : items) {
      recommended.add(item);
    }
  }

  /** Returns the share of the catalogue that was recommended, in [0, 1]. */
  double share() {
    return (double) recommended.size() / catalogue;
  }
}
