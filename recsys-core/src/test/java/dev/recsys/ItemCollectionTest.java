package dev.recsys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.index.Entity;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemCollectionTest {
  private static final IndexParams FLAT = IndexParams.flat(MetricType.IP);
  private static final FeatureSchema SCHEMA =
      FeatureSchema.builder("songs")
          .item(Attribute.categorical("label"))
          .item(Attribute.text("title", 5))
          .item(Attribute.multiValued("styles"))
          .item(Attribute.numeric("year"))
          .build();

  private final FusionModel model = SampleModel.model();
  private final String name = "items_" + model.fingerprint();

  private ItemCollection collection(VectorStore store) {
    return new ItemCollection(
        model, store, FLAT, new CatalogueChanges(store, model.schema().name()));
  }

  @Test
  void holdsEveryItemWithItsVectorAndAttributes() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection loaded = collection(store).ensureLoaded();
      assertThat(loaded.count()).isEqualTo(model.items().size());
      Item item = model.items().get(7);
      Entity entity = loaded.get(item.id()).get(0);
      assertThat(entity.vector()).containsExactly(model.itemVector(item.id()));
      assertThat(entity.fields())
          .containsEntry("title", item.title())
          .containsEntry("genres", requireNonNull(item.get("genres")))
          .containsEntry("year", ((Number) requireNonNull(item.get("year"))).doubleValue());
    }
  }

  @Test
  void isFilledOnceAndFoundAgainInADurableStore(@TempDir Path directory) {
    UserQuerySnapshot first;
    try (VectorStore store = EmbeddedVectorStore.open(directory.resolve("store"))) {
      first = UserQuerySnapshot.of(model, store);
    }
    try (VectorStore store = EmbeddedVectorStore.open(directory.resolve("store"))) {
      assertThat(store.has(name)).isTrue();
      assertThat(UserQuerySnapshot.of(model, store)).isEqualTo(first);
    }
  }

  @Test
  void aLoadThatDidNotFinishIsDoneAgain() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection whole = collection(store).ensureLoaded();
      whole.delete(model.items().get(0).id());
      VectorCollection again = collection(store).ensureLoaded();
      assertThat(again.count()).isEqualTo(model.items().size());
    }
  }

  @Test
  void twoModelsInOneStoreAreNeverMixed() {
    FusionModel other = FusionTrainer.builder().seed(99).epochs(1).build().fit(SampleModel.split());
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      UserQuerySnapshot alone = UserQuerySnapshot.of(model, store);
      UserQuerySnapshot.of(other, store);
      assertThat(store.list()).hasSize(2);
      assertThat(UserQuerySnapshot.of(model, store)).isEqualTo(alone);
    }
  }

  @Test
  void loadingAModelRemovesTheOthersVectors() {
    FusionModel other = FusionTrainer.builder().seed(99).epochs(1).build().fit(SampleModel.split());
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      Recommender.load(other, store, FLAT);
      assertThat(Recommender.load(model, store, FLAT)).isEqualTo(model.items().size());
      assertThat(store.list()).containsExactly(name);
    }
  }

  @Test
  void anApproximateIndexServesToo() {
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender approximate = Recommender.of(model, store, IndexParams.hnswlib(MetricType.IP));
        VectorStore exactStore = EmbeddedVectorStore.inMemory();
        Recommender exact = Recommender.of(model, exactStore)) {
      var user = SampleModel.dataset().users().get(2);
      assertThat(approximate.forUser(user).ef(200).topK(5)).isEqualTo(exact.forUser(user).topK(5));
    }
  }

  @Test
  void collectionsOfTheApplicationWhoseNameBeganLikeOursWereDropped() {
    List<String> foreign =
        List.of(
            "items_",
            "items_0123456789a",
            "items_0123456789abc",
            "items_0123456789aB",
            "items_0123456789ag",
            "items_of_my_shop",
            "myitems_0123456789ab");
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      foreign.forEach(each -> store.create(ItemCollection.schema(each, 3, SCHEMA), FLAT));
      store.create(ItemCollection.schema("items_0123456789ab", 3, SCHEMA), FLAT);
      Recommender.load(model, store, FLAT);
      assertThat(store.list()).contains(name).containsAll(foreign).hasSize(foreign.size() + 1);
    }
  }

  @Test
  void threadsThatOpenedOneStoreDroppedEachOthersHalfFilledCollection() throws Exception {
    int threads = 6;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 10; round++) {
        try (VectorStore store = EmbeddedVectorStore.inMemory()) {
          CyclicBarrier start = new CyclicBarrier(threads);
          List<Future<UserQuerySnapshot>> answers = new ArrayList<>();
          for (int i = 0; i < threads; i++) {
            answers.add(
                pool.submit(
                    () -> {
                      start.await();
                      return UserQuerySnapshot.of(model, store);
                    }));
          }
          for (Future<UserQuerySnapshot> each : answers) {
            assertThat(each.get()).isEqualTo(answers.get(0).get());
          }
          assertThat(store.collection(name).count()).isEqualTo(model.items().size());
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aRecommenderFailedWhenItsModelWasLoadedAgain() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender live = Recommender.of(model, store)) {
      BatchQuery query = live.forUsers(SampleModel.dataset().users().subList(0, 10));
      List<List<Recommendation>> before = query.topK(5);
      CountDownLatch started = new CountDownLatch(1);
      AtomicBoolean loaded = new AtomicBoolean();
      Future<Set<List<List<Recommendation>>>> answers =
          pool.submit(
              () -> {
                Set<List<List<Recommendation>>> different = new HashSet<>();
                while (!loaded.get()) {
                  different.add(query.topK(5));
                  started.countDown();
                }
                return different;
              });
      started.await();
      for (int i = 0; i < 20; i++) {
        assertThat(Recommender.load(model, store, FLAT)).isEqualTo(model.items().size());
      }
      loaded.set(true);
      assertThat(answers.get()).containsExactly(before);
      assertThat(query.topK(5)).isEqualTo(before);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void loadingOverwritesWhatIsThere() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      UserQuerySnapshot before = UserQuerySnapshot.of(model, store);
      VectorCollection loaded = store.collection(name);
      Entity right = loaded.get(model.items().get(0).id()).get(0);
      loaded.upsert(List.of(entity(right.id(), right, 1_000)));

      Recommender.load(model, store, FLAT);
      assertThat(loaded.get(right.id())).containsExactly(right);
      assertThat(UserQuerySnapshot.of(model, store)).isEqualTo(before);
    }
  }

  @Test
  void loadingWithAnotherIndexMakesTheCollectionAnew() {
    IndexParams graph = IndexParams.hnswlib(MetricType.IP);
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender live = Recommender.of(model, store, FLAT)) {
      Recommender.load(model, store, graph);
      assertThat(store.collection(name).indexParams()).isEqualTo(graph);
      UserQuery query = live.forUser(SampleModel.dataset().users().get(0));
      assertThatIllegalStateException()
          .isThrownBy(() -> query.topK(1))
          .withMessageContaining("was dropped");
    }
  }

  @Test
  void loadingRemovesWhatIsNotTheModels() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection loaded = collection(store).ensureLoaded();
      Entity some = loaded.get(model.items().get(0).id()).get(0);
      loaded.upsert(List.of(entity(-7, some, 1)));
      assertThat(Recommender.load(model, store, FLAT)).isEqualTo(model.items().size());
      assertThat(store.collection(name).get(-7)).isEmpty();
    }
  }

  private static Entity entity(long id, Entity like, float factor) {
    float[] vector = like.vector();
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    Entity entity = Entity.of(id, vector);
    for (Map.Entry<String, Object> field : like.fields().entrySet()) {
      entity = entity.with(field.getKey(), field.getValue());
    }
    return entity;
  }

  @Test
  void everyKindOfAttributeBecomesAField() {
    assertThat(ItemCollection.schema("c", 3, SCHEMA).payload())
        .containsExactly(
            FieldSchema.scalar("label", DataType.VARCHAR),
            FieldSchema.scalar("title", DataType.VARCHAR),
            FieldSchema.array("styles", DataType.VARCHAR),
            FieldSchema.scalar("year", DataType.DOUBLE));
  }

  @ParameterizedTest
  @CsvSource({
    "id, fields of every collection",
    "vector, fields of every collection",
    "release year, must match",
    "größe, must match",
    "2nd, must match"
  })
  void anAttributeThatCannotBeAFieldFailedLateAndUnclearly(String attribute, String why) {
    FeatureSchema features =
        FeatureSchema.builder("songs")
            .item(Attribute.categorical("label"))
            .item(Attribute.numeric(attribute))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemCollection.schema("items_0123456789ab", 3, features))
        .withMessageContaining("schema \"songs\"")
        .withMessageContaining("item attribute \"" + attribute + "\" cannot be a field")
        .withMessageContaining(why);
  }

  @Test
  void moreAttributesThanFieldsAreRefusedByName() {
    FeatureSchema.Builder features = FeatureSchema.builder("songs");
    for (int i = 0; i < 63; i++) {
      features.item(Attribute.categorical("a" + i));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ItemCollection.schema("c", 3, features.build()))
        .withMessageContaining("\"a62\"")
        .withMessageContaining("at most 64 fields");
  }

  /** What a model answers over a store, to be compared. */
  private record UserQuerySnapshot(List<List<Recommendation>> answers) {
    static UserQuerySnapshot of(FusionModel model, VectorStore store) {
      try (Recommender recommender = Recommender.of(model, store)) {
        return new UserQuerySnapshot(
            recommender.forUsers(SampleModel.dataset().users().subList(0, 10)).topK(5));
      }
    }
  }
}
