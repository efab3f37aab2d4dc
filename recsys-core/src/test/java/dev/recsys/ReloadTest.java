package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import dev.recsys.model.ModelFormatException;
import dev.recsys.model.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
  private static final UserProfile USER = UserProfile.ofId(7);
  private static final FusionModel RANKING = SampleModel.model();
  private static final FusionModel STARS = RANKING.rankingBy(Objective.RATING);
  private static final FusionModel OTHER =
      FusionTrainer.builder()
          .objective(Objective.RATING)
          .seed(2)
          .epochs(1)
          .build()
          .fit(SampleModel.split());

  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(RANKING, store);
  @TempDir private Path directory;

  @AfterEach
  void close() {
    recommender.close();
    store.close();
  }

  private static List<Recommendation> expected(FusionModel model) {
    try (VectorStore own = EmbeddedVectorStore.inMemory();
        Recommender alone = Recommender.of(model, own)) {
      return alone.forUser(USER).topK(5);
    }
  }

  @Test
  void theNewModelAnswersAndQueriesMadeBeforeAskIt() {
    UserQuery query = recommender.forUser(USER);
    SimilarQuery similar = recommender.similarTo(3);
    assertThat(query.topK(5)).isEqualTo(expected(RANKING));
    List<SimilarItem> before = similar.topK(5);
    recommender.reload(STARS);
    assertThat(recommender.model()).isSameAs(STARS);
    assertThat(query.topK(5)).isEqualTo(expected(STARS)).isNotEqualTo(expected(RANKING));
    assertThat(similar.topK(5)).isNotEqualTo(before);
  }

  @Test
  void requestsUnderLoadAreAnsweredByOneModelEach() throws Exception {
    List<List<Recommendation>> right = List.of(expected(RANKING), expected(STARS), expected(OTHER));
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong answers = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(
            threads.submit(
                () -> {
                  while (!done.get()) {
                    assertThat(right).contains(recommender.forUser(USER).topK(5));
                    answers.incrementAndGet();
                  }
                }));
      }
      List<FusionModel> models = List.of(STARS, OTHER, RANKING);
      for (int i = 0; i < 60; i++) {
        long before = answers.get();
        recommender.reload(models.get(i % 3));
        while (answers.get() == before && readers.stream().noneMatch(Future::isDone)) {
          Thread.onSpinWait();
        }
      }
      done.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(recommender.forUser(USER).topK(5)).isEqualTo(expected(RANKING));
  }

  @Test
  void theStoreHoldsTwoModelsHoweverManyWereLoaded() {
    recommender.reload(STARS);
    assertThat(store.list()).containsExactlyInAnyOrder(name(RANKING), name(STARS));
    recommender.reload(OTHER);
    assertThat(store.list()).containsExactlyInAnyOrder(name(STARS), name(OTHER));
    recommender.reload(OTHER);
    assertThat(store.list()).containsExactlyInAnyOrder(name(STARS), name(OTHER));
    recommender.reload(STARS);
    assertThat(store.list()).containsExactlyInAnyOrder(name(STARS), name(OTHER));
  }

  private static String name(FusionModel model) {
    return "items_" + model.fingerprint();
  }

  @Test
  void aSavedModelIsReloadedWithTheObjectiveThatRanks() {
    RANKING.save(directory);
    recommender.reload(STARS);
    recommender.reload(directory);
    assertThat(recommender.model().objective()).isEqualTo(Objective.RATING);
    assertThat(recommender.forUser(USER).topK(5)).isEqualTo(expected(STARS));
  }

  @Test
  void whatIsNoModelLeavesTheOneBefore() {
    assertThatThrownBy(() -> recommender.reload(directory.resolve("none")))
        .isInstanceOf(ModelFormatException.class);
    assertThat(recommender.forUser(USER).topK(5)).isEqualTo(expected(RANKING));
  }

  @Test
  void aClosedRecommenderIsNotReloaded() {
    recommender.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> recommender.reload(STARS))
        .withMessageContaining("closed");
  }
}
