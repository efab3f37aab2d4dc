package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are written, closed and dropped while others are at work in them. */
class StoreLifeTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @TempDir Path directory;

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static CollectionSchema schema(String name) {
    return CollectionSchema.builder(name)
        .primaryKey("id", DataType.INT64)
        .vector("v", 2)
        .field("n", DataType.INT64)
        .build();
  }

  private static List<Entity> entities(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(id -> Entity.of(id, new float[] {(float) id, 1}).with("n", id))
        .toList();
  }

  /** Works until the store or the collection is no more, and returns how often it worked. */
  private static Callable<Integer> until(CountDownLatch started, Runnable work) {
    return () -> {
      int times = 0;
      try {
        while (!Thread.currentThread().isInterrupted()) {
          work.run();
          times++;
          started.countDown();
        }
        throw new AssertionError("interrupted");
      } catch (IllegalStateException expected) {
        return times;
      }
    };
  }

  private List<Future<Integer>> busy(VectorCollection collection, CountDownLatch started) {
    SearchRequest request = SearchRequest.nearest(new float[] {1, 0}).outputFields("n");
    List<Entity> batch = entities(0, 20);
    return List.of(
        threads.submit(until(started, () -> collection.search(request))),
        threads.submit(until(started, () -> collection.get(1, 2, 3))),
        threads.submit(until(started, () -> collection.upsert(batch))),
        threads.submit(until(started, () -> collection.delete(5))));
  }

  @Test
  void closingUnderLoadGivesIllegalStateAndKeepsWhatWasWritten() throws Exception {
    VectorStore store = EmbeddedVectorStore.open(directory);
    VectorCollection collection = store.create(schema("c"), IndexParams.flat(MetricType.IP));
    collection.upsert(entities(0, 500));
    CountDownLatch started = new CountDownLatch(40);
    List<Future<Integer>> workers = busy(collection, started);
    started.await();
    store.close();

    for (Future<Integer> worker : workers) {
      assertThat(worker.get()).isNotNegative();
    }
    try (VectorStore again = EmbeddedVectorStore.open(directory)) {
      assertThat(again.collection("c").count()).isBetween(499L, 500L);
    }
  }

  @Test
  void droppingUnderLoadGivesIllegalStateAndLeavesTheOthers() throws Exception {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection kept = store.create(schema("kept"), IndexParams.flat(MetricType.IP));
      kept.upsert(entities(0, 3));
      VectorCollection collection = store.create(schema("c"), IndexParams.flat(MetricType.IP));
      CountDownLatch started = new CountDownLatch(40);
      List<Future<Integer>> workers = busy(collection, started);
      started.await();
      store.drop("c");

      for (Future<Integer> worker : workers) {
        assertThat(worker.get()).isNotNegative();
      }
      assertThat(store.list()).containsExactly("kept");
      assertThat(kept.count()).isEqualTo(3);
    }
  }

  @Test
  void writersOfSeveralCollectionsDoNotLoseEachOthersBatches() throws Exception {
    List<String> names = List.of("a", "b", "c", "d");
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      List<Future<?>> writers = new ArrayList<>();
      for (String name : names) {
        writers.add(threads.submit(() -> fill(store, name)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.list()).isEqualTo(names);
      for (String name : names) {
        VectorCollection collection = store.collection(name);
        assertThat(collection.count()).isEqualTo(90);
        assertThat(collection.get(0, 10, 11)).isEqualTo(entities(10, 12));
      }
    }
  }

  private static void fill(VectorStore store, String name) {
    VectorCollection collection = store.create(schema(name), IndexParams.flat(MetricType.L2));
    for (int batch = 0; batch < 20; batch++) {
      collection.upsert(entities(batch * 5L, batch * 5L + 5));
    }
    collection.delete(LongStream.range(0, 10).toArray());
  }

  @Test
  void oneCollectionAskedForByManyIsOneCollection() throws Exception {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.create(schema("c"), IndexParams.flat(MetricType.L2)).upsert(entities(0, 50));
    }
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      List<Future<VectorCollection>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(threads.submit(() -> store.collection("c")));
      }
      VectorCollection first = asked.get(0).get();
      for (Future<VectorCollection> other : asked) {
        assertThat(other.get()).isSameAs(first);
      }
    }
  }
}
