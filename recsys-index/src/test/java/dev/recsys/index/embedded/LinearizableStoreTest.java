package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Random calls of three threads at once give what some order of them gives. */
class LinearizableStoreTest {
  private static final String NAME = "pairs";

  /** One for all: Lincheck makes thousands of objects and closes none. */
  private static final VectorStore STORE = EmbeddedVectorStore.inMemory();

  /** Entities of three ids; each write puts a pair of them, which are seen together. */
  @Param(name = "id", gen = IntGen.class, conf = "1:3")
  @Param(name = "place", gen = IntGen.class, conf = "1:3")
  abstract static class Operations {
    private final VectorCollection collection;

    Operations(IndexParams params) {
      if (STORE.has(NAME)) {
        STORE.drop(NAME);
      }
      collection =
          STORE.create(
              CollectionSchema.builder(NAME)
                  .primaryKey("id", DataType.INT64)
                  .vector("vector", 2)
                  .field("place", DataType.INT64)
                  .build(),
              params);
    }

    private static float[] vector(int place) {
      return new float[] {place, 1};
    }

    private static Entity entity(long id, int place) {
      return Entity.of(id, vector(place)).with("place", (long) place);
    }

    @Operation
    public void upsert(@Param(name = "id") int id, @Param(name = "place") int place) {
      collection.upsert(List.of(entity(id, place), entity(10 + id, place)));
    }

    @Operation
    public long delete(@Param(name = "id") int id) {
      return collection.delete(id, 10 + id);
    }

    @Operation
    public long count() {
      return collection.count();
    }

    @Operation
    public List<Long> query(@Param(name = "place") int place) {
      return collection.query(QueryRequest.where("place == " + place).outputFields("id")).stream()
          .map(row -> (Long) row.get("id"))
          .toList();
    }

    @Operation
    public List<String> search(@Param(name = "place") int place) {
      return collection.search(SearchRequest.nearest(vector(place)).outputFields("place")).stream()
          .map(hit -> hit.id() + ":" + hit.score() + ":" + hit.fields().get("place"))
          .toList();
    }
  }

  /** What a collection does, without one. */
  public static class Specification {
    private final Map<Long, Integer> places = new TreeMap<>();

    public void upsert(int id, int place) {
      places.put((long) id, place);
      places.put(10L + id, place);
    }

    /** As many as were named, whether they are there or not. */
    public long delete(int id) {
      places.remove((long) id);
      places.remove(10L + id);
      return 2;
    }

    public long count() {
      return places.size();
    }

    public List<Long> query(int place) {
      return places.entrySet().stream()
          .filter(entry -> entry.getValue() == place)
          .map(Map.Entry::getKey)
          .toList();
    }

    public List<String> search(int place) {
      Comparator<Map.Entry<Long, Integer>> nearest =
          Comparator.comparing(entry -> Math.abs(entry.getValue() - place));
      return places.entrySet().stream()
          .sorted(nearest.thenComparing(Map.Entry.comparingByKey()))
          .map(
              entry -> {
                float distance = entry.getValue() - place;
                return entry.getKey() + ":" + distance * distance + ":" + entry.getValue();
              })
          .toList();
    }
  }

  public static class Exact extends Operations {
    public Exact() {
      super(IndexParams.flat(MetricType.L2));
    }
  }

  public static class Hnsw extends Operations {
    public Hnsw() {
      super(IndexParams.hnsw(MetricType.L2));
    }
  }

  private static StressOptions options() {
    return new StressOptions()
        .iterations(15)
        .invocationsPerIteration(100)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Specification.class);
  }

  @Test
  void exact() {
    options().check(Exact.class);
  }

  @Test
  void hnsw() {
    options().check(Hnsw.class);
  }
}
