package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Rating;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.Contribution;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import dev.recsys.model.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items put in and taken out while a recommender answers. */
class CatalogueTest {
  private static final UserProfile USER = UserProfile.ofId(9);
  private static final long NEW = 90_001;
  private static final int ALL = 1_000;

  private final FusionModel model = SampleModel.model();
  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(model, store);

  @AfterEach
  void close() {
    recommender.close();
    store.close();
  }

  private static Item film(long id, String title) {
    return Item.builder(id)
        .set("title", title)
        .set("genres", List.of("Comedy"))
        .set("year", 1999)
        .build();
  }

  private static Recommendation find(Recommender recommender, long id) {
    return recommender.forUser(USER).topK(ALL).stream()
        .filter(each -> each.id() == id)
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> ids(List<Recommendation> found) {
    return found.stream().map(Recommendation::id).toList();
  }

  @Test
  void newItemsAreFoundAtOnceByTheVectorOfTheirAttributes() {
    Item film = film(NEW, "Brand New (1999)");
    assertThat(recommender.items().upsert(List.of(film))).isEqualTo(1);

    Recommendation found = find(recommender, NEW);
    assertThat(found.title()).isEqualTo("Brand New (1999)");
    assertThat(found.predictedRating())
        .isEqualTo(model.predictStars(USER, List.of(), List.of(film))[0])
        .isBetween(1.0, 5.0);
    float[] user = model.userVector(USER);
    float[] item = model.encode(List.of(film)).get(0);
    double expected = 0;
    for (int i = 0; i < item.length; i++) {
      expected += (double) user[i] * item[i];
    }
    assertThat(found.score()).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
    assertThat(recommender.forUser(USER).where("title == 'Brand New (1999)'").topK(5)).hasSize(1);
    assertThat(recommender.items().size()).isEqualTo(model.items().size() + 1);
    assertThat(recommender.items().get(NEW)).contains(film);
    assertThat(recommender.health().ready()).isTrue();
    assertThat(recommender.health().items()).isEqualTo(model.items().size() + 1);
  }

  @Test
  void allQueriesTakeNewItems() {
    recommender.items().upsert(List.of(film(NEW, "A"), film(NEW + 1, "B")));
    String both = "title in ['A', 'B']";

    Recommendation explained = recommender.forUser(USER).where(both).explain().topK(1).get(0);
    assertThat(explained.contributions().stream().mapToDouble(Contribution::score).sum())
        .isCloseTo(explained.score(), within(1e-4));
    assertThat(recommender.forUser(USER).diversify(0.5).topK(ALL))
        .hasSize(model.items().size() + 2);
    assertThat(recommender.similarTo(NEW).topK(1)).hasSize(1);
    assertThat(recommender.similarTo(model.items().get(0).id()).where(both).topK(5)).hasSize(2);
    assertThat(recommender.forUser(USER).excluding(NEW).where(both).topK(5)).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recommender.forUser(USER).withHistory(Rating.of(NEW, 5)))
        .withMessageContaining("" + NEW);
  }

  @Test
  void predictedStarsOfNewItemsAreThoseOfTheModelThatRanksByThem() {
    FusionModel byStars = model.rankingBy(Objective.RATING);
    try (Recommender other = Recommender.of(byStars, store)) {
      other.items().upsert(List.of(film(NEW, "A")));
      Recommendation found = find(other, NEW);
      assertThat(found.predictedRating()).isBetween(1.0, 5.0);
      assertThat(found.predictedRating()).isCloseTo(FusionModel.stars(found.score()), within(1e-6));
    }
  }

  @Test
  void itemsTakenOutAreNotFound() {
    long best = recommender.forUser(USER).topK(1).get(0).id();
    assertThat(recommender.items().remove(best, 4_711)).isEqualTo(2);
    assertThat(ids(recommender.forUser(USER).topK(ALL)))
        .hasSize(model.items().size() - 1)
        .doesNotContain(best);
    assertThat(recommender.items().get(best)).isEmpty();
    assertThat(recommender.health().ready()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> recommender.similarTo(best));

    recommender.items().upsert(List.of(model.item(best)));
    assertThat(recommender.forUser(USER).topK(1).get(0).id()).isEqualTo(best);
  }

  @Test
  void attributesOfKnownItemsChangeTheirVectorsDoNot() {
    Recommendation before = recommender.forUser(USER).topK(1).get(0);
    recommender.items().upsert(List.of(film(before.id(), "Renamed")));
    Recommendation after = recommender.forUser(USER).where("title == 'Renamed'").topK(5).get(0);
    assertThat(after.title()).isEqualTo("Renamed");
    assertThat(after.score()).isEqualTo(before.score());
    assertThat(after.predictedRating()).isEqualTo(before.predictedRating());
  }

  @Test
  void theLastOfOneIdCounts() {
    recommender.items().upsert(List.of(film(NEW, "first"), film(NEW, "last")));
    assertThat(find(recommender, NEW).title()).isEqualTo("last");
    assertThat(recommender.items().size()).isEqualTo(model.items().size() + 1);
  }

  @Test
  void nothingIsChangedByItemsOfWhichOneIsRefused() {
    Item odd = Item.builder(NEW + 1).set("colour", "red").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recommender.items().upsert(List.of(film(NEW, "A"), odd)))
        .withMessageContaining("colour");
    assertThat(recommender.items().size()).isEqualTo(model.items().size());
    assertThat(ids(recommender.forUser(USER).topK(ALL))).doesNotContain(NEW);
  }

  @Test
  void changesOutliveStoreAndRecommender(@TempDir Path directory) {
    long gone = model.items().get(3).id();
    try (VectorStore durable = EmbeddedVectorStore.open(directory);
        Recommender first = Recommender.of(model, durable)) {
      first.items().upsert(List.of(film(NEW, "Kept")));
      first.items().remove(gone);
    }
    try (VectorStore durable = EmbeddedVectorStore.open(directory);
        Recommender second = Recommender.of(model, durable)) {
      assertThat(find(second, NEW).title()).isEqualTo("Kept");
      assertThat(ids(second.forUser(USER).topK(ALL))).doesNotContain(gone);
      assertThat(Recommender.load(model, durable, IndexParams.flat(MetricType.IP)))
          .isEqualTo(model.items().size());
      assertThat(find(second, NEW).title()).isEqualTo("Kept");
    }
  }

  @Test
  void changesHoldForTheNextModel() {
    long gone = model.items().get(3).id();
    recommender.items().upsert(List.of(film(NEW, "Kept")));
    recommender.items().remove(gone);
    FusionModel next = FusionTrainer.builder().seed(12).epochs(1).build().fit(SampleModel.split());
    recommender.reload(next);
    assertThat(recommender.model()).isSameAs(next);
    assertThat(find(recommender, NEW).title()).isEqualTo("Kept");
    assertThat(ids(recommender.forUser(USER).topK(ALL))).doesNotContain(gone);
  }

  @Test
  void otherRecommendersOfTheStoreSeeThem() {
    try (Recommender other = Recommender.of(model, store)) {
      recommender.items().upsert(List.of(film(NEW, "From elsewhere")));
      assertThat(find(other, NEW).title()).isEqualTo("From elsewhere");
    }
  }

  @Test
  void changesWhileOthersAskAreWholeOrNotThere() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    AtomicBoolean done = new AtomicBoolean();
    try {
      List<Future<?>> askers = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        askers.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    for (Recommendation each : recommender.forUser(USER).topK(ALL)) {
                      boolean added = each.id() >= NEW;
                      assertThat(each.title())
                          .isEqualTo(added ? "T" + each.id() : model.item(each.id()).title());
                    }
                  }
                }));
      }
      for (int round = 0; round < 100; round++) {
        long id = NEW + round % 10;
        recommender.items().upsert(List.of(film(id, "T" + id)));
        recommender.items().remove(NEW + (round + 5) % 10);
      }
      done.set(true);
      for (Future<?> asker : askers) {
        asker.get();
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  @Test
  void whatIsNoItemInTheStoreIsRefusedByName() {
    recommender.items().upsert(List.of(film(NEW, "A")));
    String changes =
        store.list().stream()
            .filter(name -> name.startsWith("catalogue_"))
            .findFirst()
            .orElseThrow();
    store
        .collection(changes)
        .upsert(
            List.of(
                Entity.of(5, new float[] {1, 0})
                    .with("attributes", "{broken")
                    .with("removed", false)));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Recommender.of(model, store))
        .withMessageContaining(changes)
        .withMessageContaining("{broken");
  }

  @Test
  void aClosedRecommenderChangesNothing() {
    Catalogue items = recommender.items();
    recommender.close();
    assertThatIllegalStateException().isThrownBy(() -> items.upsert(List.of(film(NEW, "A"))));
    assertThatIllegalStateException().isThrownBy(() -> items.remove(1));
    assertThatIllegalStateException().isThrownBy(recommender::items);
  }
}
