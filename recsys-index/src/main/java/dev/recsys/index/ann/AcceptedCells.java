package dev.recsys.index.ann;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What a set of ids leaves of each cell: the accepted members, moved together, so that a search
 * adds up these only and asks about none. A cell is copied when it is first looked through, and
 * again once it has changed. Safe for many threads.
 */
final class AcceptedCells {
  /** The accepted members of a cell, which is told by its array of slots, in some state. */
  private static final class Part {
    private final int[] slots;
    private final int version;
    final Cell accepted;

    Part(int[] slots, int version, Cell accepted) {
      this.slots = slots;
      this.version = version;
      this.accepted = accepted;
    }

    boolean isOf(Cell cell) {
      return slots == cell.slots && version == cell.version();
    }
  }

  private final IdSet ids;
  private volatile AtomicReferenceArray<@Nullable Part> parts = new AtomicReferenceArray<>(0);

  AcceptedCells(IdSet ids) {
    this.ids = ids;
  }

  /** Returns a cell of only those members that are accepted. */
  Cell of(int number, Cell cell, Slots slots) {
    AtomicReferenceArray<@Nullable Part> known = parts;
    Part part = number < known.length() ? known.get(number) : null;
    if (part != null && part.isOf(cell)) {
      return part.accepted;
    }
    int version = cell.version();
    Part made = new Part(cell.slots, version, cell.only(slot -> ids.test(slots.id(slot))));
    if (cell.settled(version)) {
      keep(number, made);
    }
    return made.accepted;
  }

  /** That threads lose each other's here and there costs another copy, no more. */
  private void keep(int number, Part part) {
    AtomicReferenceArray<@Nullable Part> known = parts;
    if (number >= known.length()) {
      known = new AtomicReferenceArray<>(number + number / 4 + 64);
      for (int i = 0; i < parts.length(); i++) {
        known.set(i, parts.get(i));
      }
      parts = known;
    }
    known.set(number, part);
  }
}
