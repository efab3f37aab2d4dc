package dev.recsys.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets work end in order when the JVM is told to stop: Ctrl-C interrupts the thread that works and
 * the JVM waits for it, so that a checkpoint is never cut off.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 30;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final PrintWriter err;
  private final Supplier<String> advice;

  private Interruption(PrintWriter err, Supplier<String> advice) {
    this.err = err;
    this.advice = advice;
  }

  /**
   * Does the work in this thread.
   *
   * @param advice what to print when it was interrupted, asked for once the work has stopped
   */
  static <T> T guard(Supplier<T> work, PrintWriter err, Supplier<String> advice) {
    Interruption interruption = new Interruption(err, advice);
    Thread hook = new Thread(interruption::stop, "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      interruption.stopped.countDown();
      forget(hook);
    }
  }

  private void stop() {
    worker.interrupt();
    try {
      if (stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println();
        err.println(advice.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // the hook is at work already and has just been told
    }
  }
}
