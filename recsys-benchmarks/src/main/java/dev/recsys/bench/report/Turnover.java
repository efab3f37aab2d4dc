package dev.recsys.bench.report;

import dev.recsys.bench.peer.UpdatablePeer;

/**
 * Replaces all vectors of an index several times over, some at a time: those are removed, then the
 * vectors that come next in the set are inserted under their ids. After the last time every id has
 * its first vector again, so that the right answers are those of the beginning.
 */
final class Turnover {
  private static final int AT_A_TIME = 100;

  private final UpdatablePeer peer;
  private final float[][] base;

  Turnover(UpdatablePeer peer, float[][] base) {
    this.peer = peer;
    this.base = base;
  }

  /** Replaces every vector so many times. */
  void run(int times) {
    for (int time = 1; time <= times; time++) {
      int shift = (int) ((long) time * base.length / times);
      for (int first = 0; first < base.length; first += AT_A_TIME) {
        replace(first, Math.min(base.length, first + AT_A_TIME), shift);
      }
    }
  }

  private void replace(int first, int end, int shift) {
    for (int id = first; id < end; id++) {
      peer.remove(id);
    }
    for (int id = first; id < end; id++) {
      peer.put(id, base[(id + shift) % base.length]);
    }
  }
}
