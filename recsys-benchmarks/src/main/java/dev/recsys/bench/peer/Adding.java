package dev.recsys.bench.peer;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Vectors are added by some threads, in ascending order if by one. */
final class Adding {
  private Adding() {}

  static void all(int count, int threads, IntConsumer add) {
    if (threads == 1) {
      for (int id = 0; id < count; id++) {
        add.accept(id);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      pool.submit(
              () ->
                  IntStream.range(0, threads)
                      .parallel()
                      .forEach(
                          thread -> {
                            for (int id = next.getAndIncrement();
                                id < count;
                                id = next.getAndIncrement()) {
                              add.accept(id);
                            }
                          }))
          .join();
    } finally {
      pool.shutdown();
    }
  }
}
