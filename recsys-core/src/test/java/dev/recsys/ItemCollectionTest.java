package dev.recsys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.features.Item;
import dev.recsys.index.Entity;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemCollectionTest {
  private static final IndexParams FLAT = IndexParams.flat(MetricType.IP);
  private final FusionModel model = SampleModel.model();
  private final String name = "items_" + model.fingerprint();

  @Test
  void holdsEveryItemWithItsVectorAndAttributes() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection loaded = new ItemCollection(model, store, FLAT).ensureLoaded();
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
      VectorCollection whole = new ItemCollection(model, store, FLAT).ensureLoaded();
      whole.delete(model.items().get(0).id());
      VectorCollection again = new ItemCollection(model, store, FLAT).ensureLoaded();
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
