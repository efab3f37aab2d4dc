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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FollowingTest {
  private static final int SIZE = 60;

  static List<IndexParams> indexes() {
    return List.of(
        IndexParams.flat(MetricType.L2),
        IndexParams.flat(MetricType.COSINE),
        IndexParams.hnsw(MetricType.IP),
        IndexParams.auto(MetricType.L2),
        IndexParams.hnswlib(MetricType.IP));
  }

  private static CollectionSchema schema(DataType keys) {
    return CollectionSchema.builder("c")
        .primaryKey("k", keys)
        .vector("v", 4)
        .field("n", DataType.INT32)
        .vector("w", 3)
        .build();
  }

  private static Entity entity(DataType keys, int id, int generation) {
    Random random = new Random(31L * id + generation);
    float[] v = new float[4];
    float[] w = new float[3];
    for (int i = 0; i < 4; i++) {
      v[i] = (float) random.nextGaussian();
      w[i % 3] = (float) random.nextGaussian();
    }
    Entity bare = keys == DataType.INT64 ? Entity.of(id, v) : Entity.of("key " + id, v);
    return bare.with("w", w).with("n", generation);
  }

  private static List<Entity> entities(DataType keys, int from, int to, int generation) {
    return IntStream.range(from, to).mapToObj(id -> entity(keys, id, generation)).toList();
  }

  private static List<SearchRequest> requests() {
    List<SearchRequest> requests = new ArrayList<>();
    for (int query = 0; query < 4; query++) {
      SearchRequest byV = SearchRequest.nearest(new float[] {query, 1, -1, 0.5f}).ef(200);
      SearchRequest byW = SearchRequest.nearest(new float[] {query, 1, -1}).ef(200);
      requests.add(byV.limit(7).outputFields("n"));
      requests.add(byV.limit(2 * SIZE).filter("n == 0"));
      requests.add(byW.annsField("w").offset(2).outputFields("*"));
    }
    return requests;
  }

  /** What searches find, one by one and as batches. */
  private static List<String> found(VectorCollection like, Contents contents) {
    return requests().stream()
        .map(request -> request.conformingTo(like))
        .map(
            request -> {
              NearestSearch search = new NearestSearch(contents, request);
              List<Hit> hits = search.find(request.vector());
              assertThat(search.findAll(List.of(request.vector())))
                  .extracting(FollowingTest::text)
                  .containsExactly(text(hits));
              return text(hits);
            })
        .toList();
  }

  private static List<String> found(VectorCollection collection) {
    return requests().stream().map(request -> text(collection.search(request))).toList();
  }

  /** Arrays are equal to none but themselves. */
  private static String text(List<Hit> hits) {
    return hits.stream()
        .map(hit -> hit.key() + " " + hit.score() + " " + hit.fields().get("n"))
        .toList()
        .toString();
  }

  private static List<Change> changes(DataType keys) {
    List<Object> some = new ArrayList<>();
    entities(keys, 10, SIZE, 0).forEach(entity -> some.add(entity.key()));
    return List.of(
        Change.put(entities(keys, 0, SIZE, 0), Partitions.DEFAULT),
        // half of them anew, and as many more
        Change.put(entities(keys, SIZE / 2, 3 * SIZE / 2, 1), Partitions.DEFAULT),
        Change.remove(some),
        Change.put(entities(keys, 0, 20, 0), Partitions.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void betweenTheStepsSearchesFindWhatWasThereBefore(IndexParams params) {
    for (DataType keys : List.of(DataType.INT64, DataType.VARCHAR)) {
      CollectionSchema schema = schema(keys);
      CollectionDescriptor descriptor =
          new CollectionDescriptor(schema, Map.of("v", params, "w", params));
      Database database = Database.inMemory();
      Entities entities = new Entities(database, schema);
      Contents contents = new Contents(descriptor, entities, field -> null);
      try (VectorStore store = EmbeddedVectorStore.inMemory()) {
        VectorCollection like = store.create(schema, params);
        for (Change change : changes(keys)) {
          List<String> before = found(like, contents);
          database.write(() -> apply(change, entities));
          Following following = new Following(contents, change, 0);
          following.begin();
          for (int left = change.entities().size(); left > 0; left--) {
            assertThat(found(like, contents)).isEqualTo(before);
            assertThat(following.advance()).isEqualTo(left > 1);
          }
          assertThat(found(like, contents)).isEqualTo(before);
          following.finish();
          entities.publish();

          apply(change, like);
          assertThat(found(like, contents)).isNotEqualTo(before).isEqualTo(found(like));
        }
      } finally {
        database.close();
      }
    }
  }

  private static void apply(Change change, Entities entities) {
    List<Entity> put = put(change);
    entities.put(put, change.partition());
    if (put.isEmpty()) {
      entities.remove(change.entities().keySet());
    }
  }

  private static void apply(Change change, VectorCollection collection) {
    List<Entity> put = put(change);
    collection.upsert(put);
    if (put.isEmpty()) {
      for (Object key : change.entities().keySet()) {
        long removed =
            key instanceof Long id
                ? collection.delete(id)
                : collection.delete(List.of((String) key));
        assertThat(removed).isEqualTo(1);
      }
    }
  }

  private static List<Entity> put(Change change) {
    return change.entities().values().stream().filter(Objects::nonNull).toList();
  }
}
