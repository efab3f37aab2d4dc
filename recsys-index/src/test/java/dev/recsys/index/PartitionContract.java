package dev.recsys.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every backend promises of partitions, of released collections, and of levels. */
public abstract class PartitionContract extends GenerationsContract {
  private static final SearchRequest ALL = SearchRequest.nearest(new float[3]).limit(10);

  PartitionContract() {}

  /** Movies 1 and 2 in the default partition, 3 and 4 among the old, 5 among the new ones. */
  private VectorCollection parted() {
    VectorCollection movies = movies(MetricType.L2);
    movies.createPartition("old");
    movies.createPartition("new_ones");
    movies.upsert(List.of(movie(1, 1, 0, 0), movie(2, 2, 0, 0)));
    movies.upsert(List.of(movie(3, 3, 0, 0), movie(4, 4, 0, 0)), "old");
    movies.insert(List.of(movie(5, 5, 0, 0)), "new_ones");
    return settled(movies);
  }

  // partitions

  @Test
  void aCollectionHasTheDefaultPartition() {
    VectorCollection movies = movies(MetricType.L2);
    movies.upsert(List.of(movie(1, 1, 0, 0)));

    movies = settled(movies);
    assertThat(movies.partitions()).containsExactly("_default");
    assertThat(movies.statistics()).containsExactly(Map.entry("_default", 1L));
    assertThat(ids(movies.search(ALL.partitions("_default")))).containsExactly(1L);
  }

  @Test
  void createdPartitionsAreThereWithTheirEntities() {
    VectorCollection movies = parted();

    assertThat(movies.partitions()).containsExactly("_default", "new_ones", "old");
    assertThat(movies.statistics()).isEqualTo(Map.of("_default", 2L, "old", 2L, "new_ones", 1L));
    assertThat(movies.count()).isEqualTo(5);
  }

  @Test
  void aSearchFindsInThePartitionsThatItNames() {
    VectorCollection movies = parted();

    assertThat(ids(movies.search(ALL))).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(ids(movies.search(ALL.partitions("old")))).containsExactly(3L, 4L);
    assertThat(ids(movies.search(ALL.partitions("new_ones", "_default"))))
        .containsExactly(1L, 2L, 5L);
    assertThat(ids(movies.search(ALL.partitions("old").partitions(new String[0])))).hasSize(5);
    assertThat(ids(movies.search(ALL.partitions("old").filter("year > 1993").excluding(7))))
        .containsExactly(4L);
    assertThat(ids(movies.search(ALL.partitions("old").excluding(3)))).containsExactly(4L);
  }

  @Test
  void aBatchFindsInThePartitionsThatItNames() {
    VectorCollection movies = parted();

    SearchRequest.Batch batch =
        SearchRequest.nearestAll(List.of(new float[3], new float[] {9, 0, 0})).partitions("old");
    assertThat(movies.search(batch).stream().map(ContractStore::ids).toList())
        .containsExactly(List.of(3L, 4L), List.of(4L, 3L));
  }

  @Test
  void aQueryFindsInThePartitionsThatItNames() {
    VectorCollection movies = parted();

    assertThat(movies.query(QueryRequest.where("year >= 1992").partitions("old")))
        .containsExactly(Map.of("id", 3L), Map.of("id", 4L));
    assertThat(movies.query(QueryRequest.all().limit(2).partitions("_default", "new_ones")))
        .containsExactly(Map.of("id", 1L), Map.of("id", 2L));
    List<Object> met = new ArrayList<>();
    Iterator<Map<String, Object>> all =
        movies.queryIterator(QueryRequest.all().partitions("old"), 1);
    all.forEachRemaining(row -> met.add(row.get("id")));
    assertThat(met).containsExactly(3L, 4L);
  }

  @Test
  void whatIsDeletedLeavesItsPartition() {
    VectorCollection movies = parted();
    movies.delete(3);
    movies.delete(Filter.parse("year == 1995"));

    movies = settled(movies);
    assertThat(movies.statistics()).isEqualTo(Map.of("_default", 2L, "old", 1L, "new_ones", 0L));
    assertThat(ids(movies.search(ALL.partitions("old", "new_ones")))).containsExactly(4L);
  }

  @Test
  void anEntityOverwrittenInItsPartitionStaysThere() {
    VectorCollection movies = parted();
    movies.upsert(List.of(movie(3, 9, 0, 0)), "old");

    movies = settled(movies);
    assertThat(ids(movies.search(ALL.partitions("old")))).containsExactly(4L, 3L);
    assertThat(movies.get(3)).containsExactly(movie(3, 9, 0, 0));
  }

  @Test
  void aDroppedPartitionTakesItsEntitiesWithIt() {
    VectorCollection movies = parted();
    movies.dropPartition("old");
    movies.dropPartition("never_there");

    movies = settled(movies);
    assertThat(movies.partitions()).containsExactly("_default", "new_ones");
    assertThat(ids(movies.search(ALL))).containsExactly(1L, 2L, 5L);
    assertThat(movies.get(3, 4)).isEmpty();
    movies.createPartition("old");
    assertThat(settled(movies).statistics()).containsEntry("old", 0L);
  }

  @Test
  void partitionsAreCreatedOnceAndByName() {
    VectorCollection movies = parted();

    for (String name : List.of("old", "_default", "no name", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> movies.createPartition(name))
          .withMessageContaining(name);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> movies.dropPartition("_default"))
        .withMessageContaining("_default");
    assertThat(settled(movies).partitions()).containsExactly("_default", "new_ones", "old");
  }

  @Test
  void aPartitionThatIsNotThereIsRefusedByName() {
    VectorCollection movies = parted();

    List<Runnable> calls =
        List.of(
            () -> movies.upsert(List.of(movie(6, 1, 0, 0)), "lost"),
            () -> movies.insert(List.of(movie(6, 1, 0, 0)), "lost"),
            () -> movies.search(ALL.partitions("old", "lost")),
            () -> movies.query(QueryRequest.all().limit(1).partitions("lost")));
    for (Runnable call : calls) {
      assertThatIllegalArgumentException()
          .isThrownBy(call::run)
          .withMessageContaining("\"lost\"")
          .withMessageContaining("new_ones");
    }
    assertThat(settled(movies).count()).isEqualTo(5);
  }

  @Test
  void aRenamedCollectionKeepsItsPartitions() {
    parted();
    store.rename("movies", "films");

    store = settled(store);
    VectorCollection films = store.collection("films");
    assertThat(films.partitions()).containsExactly("_default", "new_ones", "old");
    assertThat(ids(films.search(ALL.partitions("old")))).containsExactly(3L, 4L);
    store.drop("films");
    VectorCollection next = settled(movies(MetricType.L2));
    assertThat(next.partitions()).containsExactly("_default");
    assertThat(next.count()).isZero();
  }

  @Test
  void partitionsAreReachedByAnAlias() {
    parted();
    store.alias("live", "movies");
    VectorCollection live = store.collection("live");
    live.createPartition("third");
    live.upsert(List.of(movie(6, 6, 0, 0)), "third");
    live.insert(List.of(movie(7, 7, 0, 0)), "third");

    assertThat(live.statistics()).containsEntry("third", 2L);
    assertThat(ids(live.search(ALL.partitions("third")))).containsExactly(6L, 7L);
    live.dropPartition("third");
    assertThat(live.partitions()).hasSize(3);
    live.release();
    assertThat(live.loaded()).isFalse();
    live.load();
    assertThat(settled(store.collection("movies")).count()).isEqualTo(5);
  }

  @Test
  void textKeysHavePartitionsToo() {
    CollectionSchema schema =
        CollectionSchema.builder("texts").primaryKey("k", DataType.VARCHAR).vector("v", 1).build();
    VectorCollection texts = store.create(schema, index(MetricType.L2));
    texts.createPartition("p");
    texts.upsert(List.of(Entity.of("a", new float[] {1}), Entity.of("b", new float[] {2})));
    texts.upsert(List.of(Entity.of("c", new float[] {3})), "p");

    texts = settled(texts);
    SearchRequest all = SearchRequest.nearest(new float[1]);
    assertThat(texts.search(all.partitions("p"))).extracting(Hit::key).containsExactly("c");
    assertThat(texts.search(all.partitions("_default").excluding(List.of("a"))))
        .extracting(Hit::key)
        .containsExactly("b");
  }

  // partition keys

  private VectorCollection keyed() {
    CollectionSchema schema =
        CollectionSchema.builder("keyed")
            .primaryKey("id", DataType.INT64)
            .vector("v", 1)
            .add(FieldSchema.scalar("tenant", DataType.VARCHAR).withMaxLength(50))
            .partitionKey("tenant")
            .build();
    VectorCollection keyed = store.create(schema, index(MetricType.L2));
    List<Entity> entities = new ArrayList<>();
    for (int id = 0; id < 12; id++) {
      entities.add(Entity.of(id, new float[] {id}).with("tenant", "t" + id % 3));
    }
    keyed.insert(entities);
    return settled(keyed);
  }

  @Test
  void entitiesAreFoundByTheirPartitionKey() {
    VectorCollection keyed = keyed();

    SearchRequest nearest = SearchRequest.nearest(new float[1]).limit(2);
    assertThat(ids(keyed.search(nearest.filter("tenant == 't2'")))).containsExactly(2L, 5L);
    assertThat(keyed.count(Filter.parse("tenant in ['t0', 't1']"))).isEqualTo(8);
    assertThat(keyed.schema().partitionKey()).isEqualTo(keyed.schema().field("tenant"));
    assertThat(keyed.statistics()).containsExactly(Map.entry("_default", 12L));
  }

  @Test
  void whereAPartitionKeyDecidesNoPartitionIsNamed() {
    VectorCollection keyed = keyed();
    Entity entity = Entity.of(1, new float[1]).with("tenant", "t0");

    List<Runnable> calls =
        List.of(
            () -> keyed.createPartition("p"),
            () -> keyed.dropPartition("p"),
            () -> keyed.upsert(List.of(entity), "_default"),
            () -> keyed.insert(List.of(entity), "_default"),
            () -> keyed.search(SearchRequest.nearest(new float[1]).partitions("_default")),
            () -> keyed.query(QueryRequest.all().limit(1).partitions("_default")));
    for (Runnable call : calls) {
      assertThatIllegalArgumentException()
          .isThrownBy(call::run)
          .withMessageContaining("keyed")
          .withMessageContaining("tenant");
    }
    assertThat(keyed.partitions()).isEmpty();
  }

  // loading

  @Test
  void aReleasedCollectionIsWrittenButNotRead() {
    VectorCollection movies = parted();
    assertThat(movies.loaded()).isTrue();
    movies.release();
    movies.release();

    assertThat(movies.loaded()).isFalse();
    List<Runnable> reads =
        List.of(
            () -> movies.search(ALL),
            () -> movies.search(SearchRequest.nearestAll(List.of(new float[3]))),
            () -> movies.query(QueryRequest.where("id == 1")),
            () -> movies.get(1),
            movies::count,
            () -> movies.count(Filter.parse("id == 1")),
            movies::statistics,
            () -> movies.delete(Filter.parse("year == 1991")));
    for (Runnable read : reads) {
      assertThatIllegalStateException()
          .isThrownBy(read::run)
          .withMessageContaining("movies")
          .withMessageContaining("released");
    }
    movies.upsert(List.of(movie(6, 6, 0, 0), movie(1, 7, 0, 0)));
    movies.insert(List.of(movie(8, 8, 0, 0)), "old");
    movies.delete(4);
    movies.load();
    movies.load();
    assertThat(movies.loaded()).isTrue();
    assertThat(ids(settled(movies).search(ALL))).containsExactly(2L, 3L, 5L, 6L, 1L, 8L);
    assertThat(ids(store.collection("movies").search(ALL.partitions("old"))))
        .containsExactly(3L, 8L);
  }

  @Test
  void partitionsAreDroppedFromAReleasedCollection() {
    VectorCollection movies = parted();
    movies.release();
    movies.dropPartition("old");
    movies.createPartition("third");
    movies.load();

    assertThat(movies.statistics()).isEqualTo(Map.of("_default", 2L, "new_ones", 1L, "third", 0L));
  }

  // levels and lists

  @Test
  void everyLevelOfConsistencyFindsWhatWasThereLongAgo() throws InterruptedException {
    VectorCollection movies = parted();
    // for a server's bounded reads
    Thread.sleep(2_500);

    for (ConsistencyLevel level : ConsistencyLevel.values()) {
      assertThat(ids(movies.search(ALL.consistency(level)))).hasSize(5);
      assertThat(movies.query(QueryRequest.where("id >= 2").consistency(level))).hasSize(4);
      SearchRequest.Batch batch = SearchRequest.nearestTo(1).limit(1).nprobe(1).consistency(level);
      assertThat(ids(movies.search(batch).get(0))).containsExactly(1L);
    }
  }

  @Test
  void anInvertedFileIsSearched() {
    IndexParams params = IndexParams.ivfFlat(MetricType.L2).nlist(4);
    VectorCollection movies = store.create(MOVIES, params);
    List<Entity> entities = new ArrayList<>();
    for (int id = 1; id <= 40; id++) {
      entities.add(movie(id, id, 0, 0));
    }
    movies.upsert(entities);

    movies = settled(movies);
    assertThat(movies.indexParams()).isEqualTo(params);
    assertThat(ids(movies.search(ALL.limit(3).nprobe(4)))).containsExactly(1L, 2L, 3L);
  }
}
