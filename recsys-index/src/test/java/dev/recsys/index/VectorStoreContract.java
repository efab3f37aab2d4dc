package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every backend promises. A subclass says how a store is opened and which index it uses. */
public abstract class VectorStoreContract extends PartitionContract {

  // collections

  @Test
  void aNewStoreHasNoCollections() {
    assertThat(store.list()).isEmpty();
    assertThat(store.has("movies")).isFalse();
  }

  @Test
  void aCreatedCollectionIsFoundByName() {
    movies(MetricType.IP);
    store.create(
        CollectionSchema.builder("Albums").primaryKey("k", DataType.INT64).vector("v", 1).build(),
        index(MetricType.L2));
    store = settled(store);

    assertThat(store.list()).containsExactly("Albums", "movies");
    assertThat(store.has("movies")).isTrue();
    assertThat(store.collection("movies").schema()).isEqualTo(MOVIES);
    assertThat(store.collection("movies").name()).isEqualTo("movies");
    assertThat(store.collection("movies").indexParams()).isEqualTo(index(MetricType.IP));
    assertThat(store.collection("Albums").indexParams()).isEqualTo(index(MetricType.L2));
  }

  @Test
  void aSecondCollectionOfTheNameIsRefusedAndTheFirstKept() {
    movies(MetricType.IP).upsert(List.of(movie(1, 1, 0, 0)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies(MetricType.L2))
        .withMessageContaining("movies");
    assertThat(store.collection("movies").count()).isEqualTo(1);
    assertThat(store.collection("movies").indexParams().metric()).isEqualTo(MetricType.IP);
  }

  @Test
  void anUnknownCollectionIsRefusedWithTheNamesThereAre() {
    movies(MetricType.IP);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.collection("films"))
        .withMessageContaining("films")
        .withMessageContaining("movies");
  }

  @Test
  void aDroppedCollectionIsGoneAndItsNameFree() {
    VectorCollection old = movies(MetricType.IP);
    old.upsert(List.of(movie(1, 1, 0, 0)));
    store.drop("movies");

    assertThat(store.list()).isEmpty();
    assertThatIllegalStateException().isThrownBy(old::count).withMessageContaining("movies");
    assertThatIllegalStateException().isThrownBy(() -> old.upsert(List.of(movie(2, 1, 0, 0))));
    assertThat(settled(movies(MetricType.IP)).count()).isZero();
  }

  @Test
  void droppingWhatIsNotThereDoesNothing() {
    movies(MetricType.IP);
    store.drop("films");
    assertThat(store.list()).containsExactly("movies");
  }

  // entities

  @Test
  void entitiesComeBackAsTheyWentIn() {
    VectorCollection movies = movies(MetricType.IP);
    Entity first = movie(1, 1, 2, 3);
    Entity second =
        movie(Long.MIN_VALUE, -1, 0.5f, 0).with("title", "Žižkov 🎬").with("genres", List.of());

    assertThat(movies.upsert(List.of(first, second))).isEqualTo(2);

    assertThat(settled(movies).get(Long.MIN_VALUE, 7, 1)).containsExactly(second, first);
  }

  @Test
  void everyTypeOfFieldComesBackInItsCanonicalForm() {
    CollectionSchema.Builder all =
        CollectionSchema.builder("all").vector("v", 1).primaryKey("k", DataType.INT64);
    Map<String, Object> values = new HashMap<>();
    Map<DataType, Object> samples =
        Map.of(
            DataType.BOOL,
            true,
            DataType.INT8,
            -128,
            DataType.INT16,
            32_767,
            DataType.INT32,
            Integer.MIN_VALUE,
            DataType.INT64,
            Long.MAX_VALUE,
            DataType.FLOAT,
            1.5f,
            DataType.DOUBLE,
            Math.PI,
            DataType.VARCHAR,
            "text");
    samples.forEach(
        (type, value) -> {
          all.field("one_" + type, type).arrayField("many_" + type, type);
          values.put("one_" + type, value);
          values.put("many_" + type, List.of(value, value));
        });
    VectorCollection collection = store.create(all.build(), index(MetricType.L2));
    Entity entity = Entity.of(5, new float[] {0});
    for (Map.Entry<String, Object> value : values.entrySet()) {
      entity = entity.with(value.getKey(), value.getValue());
    }
    collection.upsert(List.of(entity));

    assertThat(settled(collection).get(5).get(0).fields()).isEqualTo(values);
  }

  @Test
  void upsertOverwritesTheWholeEntity() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 0.5f, 0, 0)));
    Entity changed = movie(1, 0, 1, 0).with("title", "Changed").with("year", 2024);
    movies.upsert(List.of(changed));
    movies = settled(movies);

    assertThat(movies.count()).isEqualTo(2);
    assertThat(movies.get(1)).containsExactly(changed);
    assertThat(ids(movies.search(SearchRequest.nearest(new float[] {1, 0, 0}))))
        .containsExactly(2L, 1L);
  }

  @Test
  void theLaterOfTwoEntitiesWithOneIdInABatchWins() {
    VectorCollection movies = movies(MetricType.IP);
    Entity later = movie(1, 0, 1, 0);

    assertThat(movies.upsert(List.of(movie(1, 1, 0, 0), later))).isEqualTo(2);
    assertThat(settled(movies).get(1)).containsExactly(later);
    assertThat(store.collection("movies").count()).isEqualTo(1);
  }

  @Test
  void deletedEntitiesAreNeitherFoundNorCounted() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 2, 0, 0), movie(3, 3, 0, 0)));

    assertThat(movies.delete(3, 99)).isEqualTo(2);
    movies = settled(movies);

    assertThat(movies.count()).isEqualTo(2);
    assertThat(movies.get(3)).isEmpty();
    assertThat(ids(movies.search(SearchRequest.nearest(new float[] {1, 0, 0}))))
        .containsExactly(2L, 1L);
  }

  @Test
  void anEntityCanComeBackAfterItWasDeleted() {
    VectorCollection movies = movies(MetricType.L2);
    movies.upsert(List.of(movie(1, 1, 0, 0)));
    movies.delete(1);
    movies.upsert(List.of(movie(1, 5, 0, 0)));

    List<Hit> hits = settled(movies).search(SearchRequest.nearest(new float[] {5, 0, 0}));
    assertThat(hits).containsExactly(new Hit(1, 0, Map.of()));
  }

  @Test
  void emptyBatchesChangeNothing() {
    VectorCollection movies = movies(MetricType.IP);
    assertThat(movies.upsert(List.of())).isZero();
    assertThat(movies.delete()).isZero();
    assertThat(movies.get()).isEmpty();
    assertThat(movies.count()).isZero();
  }

  @Test
  void aBatchWithOneBadEntityIsRefusedWhole() {
    VectorCollection movies = movies(MetricType.IP);
    List<Entity> batch = List.of(movie(1, 1, 0, 0), movie(2, 1, 0, Float.NaN));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.upsert(batch))
        .withMessageContaining("movies")
        .withMessageContaining("entity 2")
        .withMessageContaining("NaN");
    assertThat(settled(movies).count()).isZero();
  }

  @Test
  void vectorsOfAnotherDimensionAreRefused() {
    VectorCollection movies = movies(MetricType.IP);
    Entity entity =
        Entity.of(1, new float[2]).with("title", "").with("genres", List.of()).with("year", 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.upsert(List.of(entity)))
        .withMessageContaining("dimension 3")
        .withMessageContaining("received 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.search(SearchRequest.nearest(new float[4])))
        .withMessageContaining("movies")
        .withMessageContaining("received 4");
  }

  @Test
  void missingUnknownAndMistypedFieldsAreRefusedByName() {
    VectorCollection movies = movies(MetricType.IP);
    Entity bare = Entity.of(1, new float[3]).with("title", "").with("genres", List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.upsert(List.of(bare)))
        .withMessageContaining("\"year\" is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.upsert(List.of(movie(1, 1, 1, 1).with("yaer", 1))))
        .withMessageContaining("[yaer]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.upsert(List.of(movie(1, 1, 1, 1).with("year", "1999"))))
        .withMessageContaining("\"year\"")
        .withMessageContaining("String 1999");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.upsert(List.of(movie(1, 1, 1, 1).with("id", 2L))))
        .withMessageContaining("[id]");
  }

  // search

  @Test
  void innerProductFindsTheLargestFirst() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 3, 0, 0), movie(3, -1, 9, 0)));

    assertThat(settled(movies).search(SearchRequest.nearest(new float[] {2, 0, 0})))
        .containsExactly(
            new Hit(2, 6, Map.of()), new Hit(1, 2, Map.of()), new Hit(3, -2, Map.of()));
  }

  @Test
  void cosineIgnoresLengths() {
    VectorCollection movies = movies(MetricType.COSINE);
    movies.upsert(List.of(movie(1, 0.5f, 0, 0), movie(2, 3, 3, 0), movie(3, -7, 0, 0)));

    List<Hit> hits = settled(movies).search(SearchRequest.nearest(new float[] {8, 0, 0}));
    assertThat(ids(hits)).containsExactly(1L, 2L, 3L);
    assertThat(hits.get(0).score()).isEqualTo(1);
    assertThat(hits.get(1).score()).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
    assertThat(hits.get(2).score()).isEqualTo(-1);
    // what is stored is the vector as it was given
    assertThat(store.collection("movies").get(2).get(0).vector()).containsExactly(3, 3, 0);
  }

  @Test
  void cosineOfZerosIsZero() {
    VectorCollection movies = movies(MetricType.COSINE);
    movies.upsert(List.of(movie(1, 0, 0, 0), movie(2, 1, 0, 0)));
    movies = settled(movies);

    Hit zeros = new Hit(1, 0, Map.of());
    assertThat(movies.search(SearchRequest.nearest(new float[] {-1, 0, 0})))
        .containsExactlyElementsOf(
            findsZerosByCosine()
                ? List.of(zeros, new Hit(2, -1, Map.of()))
                : List.of(new Hit(2, -1, Map.of())));
    if (!findsZerosByCosine()) {
      return;
    }
    assertThat(movies.search(SearchRequest.nearest(new float[3])))
        .containsExactly(new Hit(1, 0, Map.of()), new Hit(2, 0, Map.of()));
  }

  @Test
  void l2FindsTheSmallestSquaredDistanceFirst() {
    VectorCollection movies = movies(MetricType.L2);
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 3, 4, 0), movie(3, 0, 0, 0)));

    assertThat(settled(movies).search(SearchRequest.nearest(new float[3])))
        .containsExactly(
            new Hit(3, 0, Map.of()), new Hit(1, 1, Map.of()), new Hit(2, 25, Map.of()));
  }

  @Test
  void equalScoresComeByAscendingId() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(LongStream.of(9, -4, 7, 0, 12).mapToObj(id -> movie(id, 1, 1, 1)).toList());

    assertThat(ids(settled(movies).search(SearchRequest.nearest(new float[] {1, 1, 1}).limit(4))))
        .containsExactly(-4L, 0L, 7L, 9L);
  }

  @Test
  void excludedEntitiesAreNotFoundAndDoNotTakeAPlace() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(IntStream.range(0, 10).mapToObj(id -> movie(id, id, 0, 0)).toList());
    SearchRequest request = SearchRequest.nearest(new float[] {1, 0, 0}).limit(3);
    movies = settled(movies);

    assertThat(ids(movies.search(request.excluding(9, 7, 77)))).containsExactly(8L, 6L, 5L);
    assertThat(ids(movies.search(request.excluding(LongStream.range(0, 10).toArray())))).isEmpty();
    assertThat(ids(movies.search(request.excluding(0)))).containsExactly(9L, 8L, 7L);
  }

  @Test
  void aLimitBeyondTheSizeFindsAll() {
    VectorCollection movies = movies(MetricType.L2);
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 2, 0, 0)));

    SearchRequest request = SearchRequest.nearest(new float[3]).limit(16_384).ef(1);
    assertThat(ids(settled(movies).search(request))).containsExactly(1L, 2L);
  }

  @Test
  void anEmptyCollectionFindsNothing() {
    VectorCollection movies = settled(movies(MetricType.IP));
    assertThat(movies.search(SearchRequest.nearest(new float[3]))).isEmpty();
    assertThat(movies.search(SearchRequest.nearestAll(List.of(new float[3], new float[3]))))
        .containsExactly(List.of(), List.of());
  }

  @Test
  void hitsCarryTheOutputFieldsAskedForAndNoOthers() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 2, 3)));
    movies = settled(movies);
    SearchRequest request = SearchRequest.nearest(new float[3]);

    assertThat(movies.search(request.outputFields("year", "title")).get(0).fields())
        .containsExactly(Map.entry("year", 1991), Map.entry("title", "Movie 1"));
    assertThat(movies.search(request).get(0).fields()).isEmpty();
    assertThat(movies.search(request.outputFields("*")).get(0).fields())
        .containsOnlyKeys("id", "vector", "title", "genres", "year")
        .containsEntry("id", 1L)
        .containsEntry("vector", new float[] {1, 2, 3});
  }

  @Test
  void anUnknownOutputFieldIsRefused() {
    VectorCollection movies = movies(MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.search(SearchRequest.nearest(new float[3]).outputFields("tilte")))
        .withMessageContaining("tilte")
        .withMessageContaining("movies");
  }

  @Test
  void aBatchFindsWhatItsSearchesFind() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(IntStream.range(0, 50).mapToObj(id -> movie(id, id % 7, id % 5, 1)).toList());
    movies = settled(movies);
    List<float[]> queries = List.of(new float[] {1, 0, 0}, new float[] {0, 1, 0}, new float[3]);

    List<List<Hit>> batch =
        movies.search(
            SearchRequest.nearestAll(queries).limit(7).ef(20).excluding(6).outputFields("title"));

    List<List<Hit>> single = new ArrayList<>();
    for (float[] query : queries) {
      single.add(
          movies.search(
              SearchRequest.nearest(query).limit(7).ef(20).excluding(6).outputFields("title")));
    }
    assertThat(batch).isEqualTo(single);
  }

  @Test
  void manyEntitiesAreSearchedAsAPlainScanWould() {
    Random random = new Random(3);
    VectorCollection movies = movies(MetricType.L2);
    List<Entity> entities = new ArrayList<>();
    for (int id = 0; id < 3_000; id++) {
      entities.add(movie(id, random.nextFloat(), random.nextFloat(), random.nextFloat()));
    }
    movies.upsert(entities);
    movies.delete(LongStream.range(0, 500).toArray());
    movies = settled(movies);

    int found = 0;
    for (int i = 0; i < 20; i++) {
      float[] query = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      List<Long> expected =
          entities.stream()
              .skip(500)
              .sorted(Comparator.comparingDouble(e -> squaredL2(query, e.vector())))
              .limit(10)
              .map(Entity::id)
              .toList();
      List<Long> actual = ids(movies.search(SearchRequest.nearest(query).limit(10).ef(200)));
      assertThat(actual).hasSize(10).doesNotHaveDuplicates();
      found += (int) actual.stream().filter(expected::contains).count();
    }
    assertThat(found).isGreaterThanOrEqualTo(198);
  }

  private static double squaredL2(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow((double) a[i] - b[i], 2);
    }
    return sum;
  }

  @Test
  void aLimitOfOneFindsTheNearestAlone() {
    VectorCollection movies = movies(MetricType.L2);
    movies.upsert(List.of(movie(3, 9, 0, 0), movie(2, 0, 1, 0), movie(1, 0, 0, 2)));
    assertThat(settled(movies).search(SearchRequest.nearest(new float[3]).limit(1)))
        .containsExactly(new Hit(2, 1, Map.of()));
  }

  @Test
  void theLargestAndSmallestIdsAreOrdinaryIds() {
    VectorCollection movies = movies(MetricType.IP);
    long[] ids = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0};
    for (long id : ids) {
      movies.upsert(List.of(movie(id, 1, 0, 0).with("year", 1)));
    }
    movies = settled(movies);
    SearchRequest request = SearchRequest.nearest(new float[] {1, 0, 0});

    assertThat(ids(movies.search(request)))
        .containsExactly(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
    assertThat(ids(movies.search(request.excluding(Long.MIN_VALUE, 0))))
        .containsExactly(-1L, Long.MAX_VALUE);
    movies.delete(Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(ids(movies.search(request))).containsExactly(-1L, 0L);
  }

  @Test
  void infiniteComponentsOfQueriesAreRefused() {
    VectorCollection movies = movies(MetricType.COSINE);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> movies.search(SearchRequest.nearest(new float[] {0, 0, Float.NEGATIVE_INFINITY})))
        .withMessageContaining("component 2")
        .withMessageContaining("-Infinity");
  }

  @Test
  void aBadVectorInABatchOfSearchesRefusesTheBatch() {
    VectorCollection movies = movies(MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                movies.search(
                    SearchRequest.nearestAll(List.of(new float[3], new float[] {0, Float.NaN, 0}))))
        .withMessageContaining("component 1")
        .withMessageContaining("movies");
  }

  @Test
  void theSameIdAskedForTwiceComesOnce() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 1, 0, 0)));
    assertThat(settled(movies).get(2, 1, 2)).containsExactly(movie(2, 1, 0, 0), movie(1, 1, 0, 0));
  }

  @Test
  void theNameOfADroppedCollectionMayTakeAnotherSchema() {
    movies(MetricType.IP).upsert(List.of(movie(1, 1, 0, 0)));
    store.drop("movies");
    CollectionSchema other =
        CollectionSchema.builder("movies").primaryKey("k", DataType.INT64).vector("w", 1).build();
    store.create(other, index(MetricType.L2)).upsert(List.of(Entity.of(8, new float[] {2})));
    store = settled(store);

    assertThat(store.collection("movies").schema()).isEqualTo(other);
    assertThat(store.collection("movies").search(SearchRequest.nearest(new float[1])))
        .containsExactly(new Hit(8, 4, Map.of()));
  }

  @Test
  void writesAreVisibleAtOnceToWhoeverAsksNext() {
    VectorCollection movies = movies(MetricType.IP);
    SearchRequest request = SearchRequest.nearest(new float[] {1, 0, 0}).limit(1);
    for (int id = 0; id < 50; id++) {
      movies.upsert(List.of(movie(id, id, 0, 0)));
      assertThat(ids(movies.search(request))).containsExactly((long) id);
      assertThat(store.collection("movies").count()).isEqualTo(id + 1);
    }
    for (int id = 49; id > 0; id--) {
      movies.delete(id);
      assertThat(ids(movies.search(request))).containsExactly(id - 1L);
    }
  }

  // ownership and life

  @Test
  void whatTheCallerChangesAfterwardsIsNotSeen() {
    VectorCollection movies = movies(MetricType.IP);
    float[] vector = {1, 0, 0};
    List<String> genres = new ArrayList<>(List.of("Comedy"));
    Entity entity = Entity.of(1, vector).with("title", "").with("genres", genres).with("year", 1);
    List<Entity> batch = new ArrayList<>(List.of(entity));
    movies.upsert(batch);
    vector[0] = 9;
    genres.clear();
    batch.clear();
    movies.get(1).get(0).vector()[0] = 7;

    Entity stored = settled(movies).get(1).get(0);
    assertThat(stored.vector()).containsExactly(1, 0, 0);
    assertThat(stored.fields()).containsEntry("genres", List.of("Comedy"));
    assertThat(store.collection("movies").search(SearchRequest.nearest(new float[] {1, 0, 0})))
        .containsExactly(new Hit(1, 1, Map.of()));
  }

  @Test
  void whatIsReturnedCannotBeChanged() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 0, 0)));
    Entity stored = movies.get(1).get(0);
    List<Hit> hits = movies.search(SearchRequest.nearest(new float[3]).outputFields("genres"));

    assertThat(stored.fields()).isUnmodifiable();
    assertThat((List<?>) stored.fields().get("genres")).isUnmodifiable();
    assertThat(hits).isUnmodifiable();
    assertThat(hits.get(0).fields()).isUnmodifiable();
    assertThat(movies.get(1)).isUnmodifiable();
    assertThat(store.list()).isUnmodifiable();
  }

  @Test
  void flushedEntitiesAreStillThere() {
    VectorCollection movies = movies(MetricType.IP);
    movies.upsert(List.of(movie(1, 1, 0, 0)));
    movies.flush();
    assertThat(settled(movies).count()).isEqualTo(1);
  }

  @Test
  void aClosedStoreRefusesEverythingAndClosesAgain() {
    VectorCollection movies = movies(MetricType.IP);
    store.close();
    store.close();

    assertThatIllegalStateException().isThrownBy(() -> store.list());
    assertThatIllegalStateException().isThrownBy(() -> store.has("movies"));
    assertThatIllegalStateException().isThrownBy(() -> store.collection("movies"));
    assertThatIllegalStateException().isThrownBy(() -> store.drop("movies"));
    assertThatIllegalStateException().isThrownBy(() -> movies(MetricType.IP));
    assertThatIllegalStateException().isThrownBy(movies::count);
    assertThatIllegalStateException().isThrownBy(movies::flush);
    assertThatIllegalStateException().isThrownBy(() -> movies.get(1));
    assertThatIllegalStateException().isThrownBy(() -> movies.delete(1));
    assertThatIllegalStateException().isThrownBy(() -> movies.upsert(List.of(movie(1, 1, 1, 1))));
    assertThatIllegalStateException()
        .isThrownBy(() -> movies.search(SearchRequest.nearest(new float[3])));
  }

  @Test
  void collectionsDoNotMix() {
    VectorCollection movies = movies(MetricType.IP);
    CollectionSchema schema =
        CollectionSchema.builder("other").primaryKey("key", DataType.INT64).vector("v", 2).build();
    VectorCollection other = store.create(schema, index(MetricType.L2));
    movies.upsert(List.of(movie(1, 1, 0, 0)));
    other.upsert(List.of(Entity.of(1, new float[] {4, 4}), Entity.of(2, new float[2])));
    other.delete(2);
    movies = settled(movies);

    assertThat(movies.get(1)).containsExactly(movie(1, 1, 0, 0));
    assertThat(store.collection("other").get(1, 2))
        .containsExactly(Entity.of(1, new float[] {4, 4}));
  }
}
