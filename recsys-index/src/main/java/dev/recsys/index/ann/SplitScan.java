package dev.recsys.index.ann;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one search, taken by whoever comes first: the caller, and as many threads of an executor
 * as find the time. The caller waits only for parts that others are at work on, so that an executor
 * that is busy, or runs nothing at all, keeps nobody waiting.
 */
final class SplitScan implements Runnable {
  private final IntFunction<ExactSearch> search;
  private final @Nullable ExactSearch[] found;
  private final AtomicInteger next = new AtomicInteger();
  private final CountDownLatch left;
  private volatile @Nullable Throwable failure;

  private SplitScan(int parts, IntFunction<ExactSearch> search) {
    this.search = search;
    this.found = new ExactSearch[parts];
    this.left = new CountDownLatch(parts);
  }

  /**
   * Runs the parts.
   *
   * @param search runs the part of that number
   * @return what each part has found
   */
  static @Nullable ExactSearch[] run(
      int parts, IntFunction<ExactSearch> search, Executor executor) {
    SplitScan split = new SplitScan(parts, search);
    for (int i = 1; i < parts; i++) {
      executor.execute(split);
    }
    split.run();
    Uninterruptibles.awaitUninterruptibly(split.left);
    Throwable failure = split.failure;
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return split.found;
  }

  @Override
  public void run() {
    for (int part = next.getAndIncrement(); part < found.length; part = next.getAndIncrement()) {
      try {
        found[part] = search.apply(part);
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        left.countDown();
      }
    }
  }
}
