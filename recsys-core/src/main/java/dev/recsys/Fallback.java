package dev.recsys;

import dev.recsys.features.Item;
import dev.recsys.index.StoreException;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers from memory where the store does not in time: a collection of the items that were rated
 * most, made when it is first needed and anew when model or catalogue have changed. Safe for many
 * threads.
 */
final class Fallback implements AutoCloseable {
  private static final int ITEMS = 2_000;

  /** Requests that wait for a store at a time; those beyond are answered from memory at once. */
  private static final int THREADS = 64;

  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "recsys-deadline");
            thread.setDaemon(true);
            return thread;
          });

  private @Nullable Serving popular;

  /** The version of the catalogue that {@link #popular} was made of. */
  private int version;

  /**
   * Answers a request by one of two ways.
   *
   * @param first asks the store
   * @param second is answered from memory if the first fails by the store, or takes too long
   * @param current what requests are answered from now
   */
  <T> T answer(Duration deadline, Callable<T> first, Function<Serving, T> second, Serving current) {
    try {
      Future<T> answer = threads.submit(first);
      try {
        return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Not interrupted: that would close the files of an embedded store.
        answer.cancel(false);
        Events.fellBack("it took longer than " + deadline);
      }
    } catch (RejectedExecutionException e) {
      Events.fellBack(THREADS + " requests wait for it");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof StoreException)) {
        throw unchecked(e);
      }
      Events.fellBack(String.valueOf(e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", e);
    }
    return second.apply(popular(current));
  }

  private static RuntimeException unchecked(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(e.getCause());
  }

  private synchronized Serving popular(Serving current) {
    Serving made = popular;
    int now = current.changes().version();
    if (made == null || !made.model().equals(current.model()) || version != now) {
      made = make(current);
      popular = made;
      version = now;
    }
    return made;
  }

  /** In a store of its own, which needs no closing: others may still search the one before. */
  private static Serving make(Serving current) {
    FusionModel model = current.model();
    List<Item> items =
        Arrays.stream(model.mostRated(ITEMS)).filter(current::has).mapToObj(current::item).toList();
    ItemCollection collection =
        new ItemCollection(
            model,
            EmbeddedVectorStore.inMemory(),
            IndexParams.flat(MetricType.IP),
            current.changes());
    return new Serving(model, collection.create(items), current.changes());
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
