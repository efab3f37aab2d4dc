package dev.recsys.index;

/**
 * A set of primary keys without boxing, open addressing at no more than half full: a search asks it
 * once for every vector that it considers.
 */
final class IdSet {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] slots;
  private final int shift;
  private final boolean hasZero;
  private final int size;

  private IdSet(long[] ids) {
    int bits = 64 - Long.numberOfLeadingZeros(2L * ids.length + 1);
    this.slots = new long[1 << bits];
    this.shift = 64 - bits;
    boolean zero = false;
    int count = 0;
    for (long id : ids) {
      // zero marks an empty slot and is kept aside
      if (id == 0) {
        count += zero ? 0 : 1;
        zero = true;
      } else {
        int slot = slotOf(id);
        count += slots[slot] == 0 ? 1 : 0;
        slots[slot] = id;
      }
    }
    this.hasZero = zero;
    this.size = count;
  }

  static IdSet of(long... ids) {
    return new IdSet(ids);
  }

  boolean contains(long id) {
    return id == 0 ? hasZero : slots[slotOf(id)] == id;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    // an id of zero comes last, where the array is zero already
    long[] ids = new long[size];
    int count = 0;
    for (long id : slots) {
      if (id != 0) {
        ids[count++] = id;
      }
    }
    return ids;
  }

  private int slotOf(long id) {
    int slot = (int) ((id * MIX) >>> shift);
    while (slots[slot] != 0 && slots[slot] != id) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
