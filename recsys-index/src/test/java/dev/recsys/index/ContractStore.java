package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of some backend for each test, and entities to put into it. */
public abstract class ContractStore {
  static final CollectionSchema MOVIES =
      CollectionSchema.builder("movies")
          .primaryKey("id", DataType.INT64)
          .vector("vector", 3)
          .field("title", DataType.VARCHAR)
          .arrayField("genres", DataType.VARCHAR)
          .field("year", DataType.INT32)
          .build();

  /** The store under test. */
  VectorStore store;

  /** For subclasses. */
  ContractStore() {}

  /** Opens an empty store. */
  protected abstract VectorStore open();

  /** Returns the parameters of the index under test. */
  protected abstract IndexParams index(MetricType metric);

  /** Called between writing and reading; a durable backend may close and reopen the store here. */
  protected VectorStore settled(VectorStore current) {
    return current;
  }

  /** Whether a vector of zeros, which has no direction, is found by its cosine of 0. */
  protected boolean findsZerosByCosine() {
    return true;
  }

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  final VectorCollection movies(MetricType metric) {
    return store.create(MOVIES, index(metric));
  }

  final VectorCollection settled(VectorCollection collection) {
    store = settled(store);
    return store.collection(collection.name());
  }

  static Entity movie(long id, float x, float y, float z) {
    return Entity.of(id, new float[] {x, y, z})
        .with("title", "Movie " + id)
        .with("genres", List.of("Comedy", "Drama"))
        .with("year", 1990 + (int) id);
  }

  static List<Long> ids(List<Hit> hits) {
    return hits.stream().map(Hit::id).toList();
  }
}
