package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
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
    return List.of(IndexParams.flat(MetricType.IP), IndexParams.hnswlib(MetricType.IP));
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
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection collection = store.create(SCHEMA, params);
      collection.upsert(generation(1));
      AtomicBoolean written = new AtomicBoolean();
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        readers.add(threads.submit(searchUntil(written, collection)));
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
}
