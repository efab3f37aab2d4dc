package dev.recsys.index.ann;

/**
 * Copies what one index holds to another while both take the same writes. Every vector is read and
 * added under a lock that writers hold too; what the other has already is newer and left alone.
 */
final class IndexCopy {
  private IndexCopy() {}

  /** Fills a graph from an exact index. */
  static void copy(ExactIndex from, HnswIndex to, Object lock) {
    Rows rows = from.coded().rows();
    float[] vector = new float[from.dimension()];
    // downwards, because a removal moves the last row, which is then one that was copied
    for (int slot = Integer.MAX_VALUE; slot >= 0; slot--) {
      synchronized (lock) {
        slot = Math.min(slot, rows.size() - 1);
        if (slot >= 0 && !to.contains(rows.id(slot))) {
          rows.read(slot, vector, 0);
          to.add(rows.id(slot), vector);
        }
      }
    }
  }

  /** Fills an exact index from a graph. */
  static void copy(HnswIndex from, ExactIndex to, Object lock) {
    Slots slots = from.live().slots;
    float[] vector = new float[from.dimension()];
    for (int slot = 0; ; slot++) {
      synchronized (lock) {
        if (slot >= slots.end()) {
          return;
        }
        if (slots.live(slot) && !to.contains(slots.id(slot))) {
          slots.read(slot, vector);
          to.add(slots.id(slot), vector);
        }
      }
    }
  }
}
