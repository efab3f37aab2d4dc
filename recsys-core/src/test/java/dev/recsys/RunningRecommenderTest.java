package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an application asks of a recommender besides items while it runs. */
class RunningRecommenderTest {
  private static final UserProfile USER = UserProfile.ofId(9);

  private final FusionModel model = SampleModel.model();
  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(model, store);

  @AfterEach
  void close() {
    recommender.close();
    store.close();
  }

  private static List<Long> ids(List<Recommendation> found) {
    return found.stream().map(Recommendation::id).toList();
  }

  @Test
  void whatWasSeenSinceIsLeftOutForThatUser() {
    List<Long> best = ids(recommender.forUser(USER).excludeSeen().topK(6));
    List<Long> others = ids(recommender.forUser(UserProfile.ofId(10)).excludeSeen().topK(6));
    recommender.addSeen(9, best.get(0), best.get(2), best.get(0));
    recommender.addSeen(9, best.get(4), 1_000_000);
    recommender.addSeen(9);

    assertThat(ids(recommender.forUser(USER).excludeSeen().topK(3)))
        .containsExactly(best.get(1), best.get(3), best.get(5));
    assertThat(ids(recommender.forUser(USER).topK(120))).containsAll(best);
    assertThat(
            recommender.forUsers(List.of(USER, UserProfile.ofId(10))).excludeSeen().topK(3).stream()
                .map(RunningRecommenderTest::ids))
        .containsExactly(List.of(best.get(1), best.get(3), best.get(5)), others.subList(0, 3));
  }

  @Test
  void whatWasSeenStaysSeenUnderAnotherModel() {
    long best = recommender.forUser(USER).excludeSeen().topK(1).get(0).id();
    recommender.addSeen(9, best);
    recommender.reload(model.rankingBy(Objective.RATING));

    assertThat(ids(recommender.forUser(USER).excludeSeen().topK(120))).doesNotContain(best);
  }

  @Test
  void seenItemsAreAddedByManyThreads() {
    List<Long> all = model.items().stream().map(item -> item.id()).toList();
    all.parallelStream().forEach(id -> recommender.addSeen(9, id));

    assertThat(recommender.forUser(USER).excludeSeen().topK(5)).isEmpty();
  }

  @Test
  void anAsynchronousAnswerIsTheSame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<CompletableFuture<List<Recommendation>>> answers =
          IntStream.rangeClosed(1, 20)
              .mapToObj(id -> recommender.forUser(UserProfile.ofId(id)).topKAsync(5, threads))
              .toList();
      for (int id = 1; id <= 20; id++) {
        assertThat(answers.get(id - 1).get())
            .isEqualTo(recommender.forUser(UserProfile.ofId(id)).topK(5));
      }
      assertThatThrownBy(() -> recommender.forUser(USER).topKAsync(0, threads).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("k must be");
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aSoundRecommenderIsReady() {
    Health health = recommender.health();
    assertThat(health)
        .isEqualTo(
            new Health(
                true,
                model.fingerprint(),
                Objective.RANKING,
                model.items().size(),
                model.items().size(),
                ""));
  }

  @Test
  void whatIsMissingOrClosedIsNamed() {
    String collection = store.list().get(0);
    store.collection(collection).delete(model.items().get(0).id());
    assertThat(recommender.health())
        .matches(health -> !health.ready())
        .extracting(Health::problem)
        .asString()
        .contains("119 of 120");

    store.close();
    Health closed = recommender.health();
    assertThat(closed.ready()).isFalse();
    assertThat(closed.vectors()).isEqualTo(-1);
    assertThat(closed.problem()).contains("closed");

    recommender.close();
    assertThat(recommender.health().problem()).contains("recommender is closed");
    assertThatIllegalStateException().isThrownBy(() -> recommender.addSeen(1, 2));
  }
}
