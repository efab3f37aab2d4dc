package dev.recsys.model;

import java.util.concurrent.CancellationException;

/** Gives up work of which nobody waits for the end. */
final class Cancellation {
  private Cancellation() {}

  /**
   * Looks whether the thread was interrupted, which it stays.
   *
   * @param what is given up, such as "training"
   * @throws CancellationException if it was
   */
  static void check(String what) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(what + " was interrupted");
    }
  }
}
