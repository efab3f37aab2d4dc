package dev.recsys.index.ann;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * What searches work in, lent to one thread at a time. Never waits and never holds more than a few:
 * whoever finds no free one makes one, and what finds no room is dropped.
 */
final class ScratchPool<T> {
  private static final int ROOM = 16;

  private final AtomicReferenceArray<T> free = new AtomicReferenceArray<>(ROOM);
  private final Supplier<T> maker;

  ScratchPool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** Lends one that nobody else has. */
  T take() {
    for (int i = 0; i < ROOM; i++) {
      if (free.getPlain(i) != null) {
        T found = free.getAndSet(i, null);
        if (found != null) {
          return found;
        }
      }
    }
    return maker.get();
  }

  /** Takes one back. */
  void give(T scratch) {
    for (int i = 0; i < ROOM; i++) {
      if (free.getPlain(i) == null && free.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
