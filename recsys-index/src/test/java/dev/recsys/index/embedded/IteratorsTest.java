package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Iterators over more than one request may find. */
class IteratorsTest {
  private static final int ENTITIES = 40_000;
  private static final int PAGE = 16_384;

  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private VectorCollection collection;

  @BeforeEach
  void fill() {
    CollectionSchema schema =
        CollectionSchema.builder("c").primaryKey("id", DataType.INT64).vector("v", 1).build();
    collection = store.create(schema, IndexParams.flat(MetricType.IP));
    List<Entity> entities =
        IntStream.range(0, ENTITIES).mapToObj(id -> Entity.of(id, new float[] {id})).toList();
    collection.upsert(entities);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aQueryGoesBeyondTheWindow() {
    Iterator<Map<String, Object>> rows = collection.queryIterator(QueryRequest.all(), PAGE);
    for (long id = 0; id < ENTITIES; id++) {
      assertThat(rows.next()).containsEntry("id", id);
    }
    assertThat(rows.hasNext()).isFalse();
  }

  @Test
  void aSearchGoesBeyondTheWindow() {
    SearchRequest request = SearchRequest.nearest(new float[] {1}).filter("id >= 100");
    Iterator<Hit> hits = collection.searchIterator(request, PAGE);
    for (long id = ENTITIES - 1; id >= 100; id--) {
      assertThat(hits.next().id()).isEqualTo(id);
    }
    assertThat(hits.hasNext()).isFalse();
  }
}
