package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CollectionConcurrencyTest {
  private static final int ENTITIES = 40;
  private static final int GENERATIONS = 60;
  private static final int READERS = 3;

  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("c")
          .primaryKey("id", DataType.INT64)
          .vector("v", 2)
          .field("generation", DataType.INT32)
          .build();

  static List<IndexParams> indexes() {
    return List.of(
        IndexParams.flat(MetricType.IP),
        IndexParams.hnsw(MetricType.IP),
        IndexParams.auto(MetricType.IP),
        IndexParams.hnswlib(MetricType.IP));
  }

  /** All entities of a generation have the generation as their score and as their field. */
  private static List<Entity> generation(int generation) {
    return IntStream.range(0, ENTITIES)
        .mapToObj(id -> Entity.of(id, new float[] {generation, id}).with("generation", generation))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void searchesSeeABatchWholeOrNotAtAll(IndexParams params) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2 * READERS);
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection collection = store.create(SCHEMA, params);
      collection.upsert(generation(1));
      AtomicBoolean written = new AtomicBoolean();
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        readers.add(threads.submit(searchUntil(written, collection)));
        readers.add(threads.submit(filterUntil(written, collection)));
      }
      try {
        for (int generation = 2; generation <= GENERATIONS; generation++) {
          collection.upsert(generation(generation));
        }
      } finally {
        written.set(true);
      }
      for (Future<Integer> reader : readers) {
        // the last search of each began after the last write had returned
        assertThat(reader.get()).isEqualTo(GENERATIONS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Integer> searchUntil(AtomicBoolean written, VectorCollection collection) {
    SearchRequest request =
        SearchRequest.nearest(new float[] {1, 0}).limit(ENTITIES + 5).outputFields("generation");
    return () -> {
      int seen = 0;
      boolean last;
      do {
        last = written.get();
        List<Hit> hits = collection.search(request);
        Set<Object> generations = new HashSet<>();
        for (Hit hit : hits) {
          generations.add(hit.fields().get("generation"));
          generations.add((int) hit.score());
        }
        assertThat(hits).hasSize(ENTITIES);
        assertThat(hits).extracting(Hit::id).doesNotHaveDuplicates().isSorted();
        assertThat(generations).hasSize(1);
        int generation = (int) hits.get(0).score();
        assertThat(generation).isGreaterThanOrEqualTo(seen);
        seen = generation;
      } while (!last);
      return seen;
    };
  }

  /** The same of filters: each finds all entities of the generation there is, or none. */
  private static Callable<Integer> filterUntil(AtomicBoolean written, VectorCollection collection) {
    QueryRequest query = QueryRequest.where("generation > 0").outputFields("generation");
    return () -> {
      int seen = 0;
      boolean last;
      do {
        last = written.get();
        List<Map<String, Object>> rows = collection.query(query);
        assertThat(rows).hasSize(ENTITIES);
        assertThat(rows).extracting(row -> row.get("generation")).containsOnly(first(rows));
        assertThat(first(rows)).isGreaterThanOrEqualTo(seen);
        seen = first(rows);
        Filter present = Filter.field("generation").eq(seen);
        SearchRequest search = SearchRequest.nearest(new float[] {1, 0}).limit(ENTITIES + 5);
        assertThat(collection.search(search.filter(present)).size()).isIn(0, ENTITIES);
        assertThat(collection.count(present)).isIn(0L, (long) ENTITIES);
      } while (!last);
      return seen;
    };
  }

  private static int first(List<Map<String, Object>> rows) {
    return (int) Objects.requireNonNull(rows.get(0).get("generation"));
  }

  @Test
  void callsByAnAliasDoNotFailWhileItIsMovedAndTheOldCollectionDropped() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      moveTo(store, 1);
      VectorCollection live = store.collection("live");
      AtomicBoolean moved = new AtomicBoolean();
      List<Future<Long>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        readers.add(threads.submit(() -> greatestUntil(moved, live)));
      }
      try {
        for (int number = 2; number <= GENERATIONS; number++) {
          moveTo(store, number);
          store.drop("c" + (number - 1));
        }
      } finally {
        moved.set(true);
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isEqualTo(GENERATIONS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void moveTo(VectorStore store, int number) {
    CollectionSchema schema =
        CollectionSchema.builder("c" + number)
            .primaryKey("id", DataType.INT64)
            .vector("v", 1)
            .build();
    store
        .create(schema, IndexParams.flat(MetricType.L2))
        .upsert(List.of(Entity.of(number, new float[1])));
    store.alias("live", schema.name());
  }

  private static long greatestUntil(AtomicBoolean moved, VectorCollection live) {
    long seen = 0;
    boolean last;
    do {
      last = moved.get();
      List<Hit> hits = live.search(SearchRequest.nearest(new float[1]));
      assertThat(hits).hasSize(1);
      assertThat(hits.get(0).id()).isGreaterThanOrEqualTo(seen);
      seen = hits.get(0).id();
    } while (!last);
    return seen;
  }
}
