package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.SearchWork;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchWorkTest {
  private static final int SIZE = 3_000;

  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final List<SearchWork> told = new ArrayList<>();
  private final Random random = new Random(5);

  @AfterEach
  void close() {
    store.close();
  }

  private float[] vector() {
    return new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat(), 1};
  }

  private VectorCollection collection(IndexParams params) {
    VectorCollection collection =
        store.create(
            CollectionSchema.builder("things")
                .primaryKey("id", DataType.INT64)
                .vector("vector", 4)
                .field("tenth", DataType.INT64)
                .build(),
            params);
    List<Entity> entities = new ArrayList<>();
    for (int id = 0; id < SIZE; id++) {
      entities.add(Entity.of(id, vector()).with("tenth", (long) (id % 10)));
    }
    collection.upsert(entities);
    return collection;
  }

  private SearchRequest request() {
    return SearchRequest.nearest(vector()).observing(told::add);
  }

  @Test
  void anExactIndexComparesNoMoreThanThereAre() {
    collection(IndexParams.flat(MetricType.IP)).search(request());
    assertThat(told).hasSize(1);
    assertThat(told.get(0).compared()).isBetween(10, SIZE);
    assertThat(told.get(0).accepted()).isEqualTo(SIZE);
    assertThat(told.get(0).entities()).isEqualTo(SIZE);
    assertThat(told.get(0).scanned()).isTrue();
  }

  @Test
  void aFilterLetsThroughWhatItSays() {
    VectorCollection collection = collection(IndexParams.flat(MetricType.IP));
    collection.search(request().filter("tenth == 3"));
    collection.search(request().filter("tenth == 11"));
    assertThat(told).extracting(SearchWork::accepted).containsExactly(SIZE / 10L, 0L);
    assertThat(told.get(0).compared()).isBetween(10, SIZE / 10);
    assertThat(told.get(1).compared()).isZero();
  }

  @Test
  void aGraphIsWalkedThrough() {
    collection(IndexParams.hnsw(MetricType.IP)).search(request().ef(16));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).scanned()).isFalse();
    assertThat(told.get(0).compared()).isBetween(10, SIZE / 2);
  }

  @Test
  void nobodyIsToldUnlessAsked() {
    collection(IndexParams.flat(MetricType.IP)).search(SearchRequest.nearest(vector()));
    assertThat(told).isEmpty();
  }
}
