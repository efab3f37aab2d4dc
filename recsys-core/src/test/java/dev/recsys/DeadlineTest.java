package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.features.UserProfile;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.filter.FilterException;
import dev.recsys.model.FusionModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of a store that is slow or gone: searches of this one wait, or fail, when told to. */
class DeadlineTest {
  private static final UserProfile USER = UserProfile.ofId(9);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(1);

  private enum State {
    SOUND,
    HANGING,
    FAILING
  }

  private final FusionModel model = SampleModel.model();
  private final VectorStore sound = EmbeddedVectorStore.inMemory();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile State state = State.SOUND;
  private final Recommender recommender = Recommender.of(model, troubled(VectorStore.class, sound));

  /** What behaves as the state says when it is searched. */
  private <T> T troubled(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("search")) {
                trouble();
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof VectorCollection
                    ? troubled(VectorCollection.class, result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void trouble() throws InterruptedException {
    if (state == State.HANGING) {
      released.await();
    } else if (state == State.FAILING) {
      throw new StoreException(StoreException.Reason.UNAVAILABLE, "items", "gone", null);
    }
  }

  @AfterEach
  void close() {
    released.countDown();
    recommender.close();
    sound.close();
  }

  @Test
  void aStoreThatAnswersInTimeIsTheOneThatAnswers() {
    List<Recommendation> timely = recommender.forUser(USER).deadline(LONG).topK(5);
    assertThat(timely).isEqualTo(recommender.forUser(USER).topK(5));
    assertThat(timely).noneMatch(Recommendation::fallback);
  }

  @Test
  void aStoreThatHangsIsNotWaitedFor() {
    List<Recommendation> before = recommender.forUser(USER).excludeSeen().topK(5);
    state = State.HANGING;
    List<Recommendation> found = recommender.forUser(USER).excludeSeen().deadline(SHORT).topK(5);
    // The sample has fewer items than are kept in memory.
    assertThat(found).extracting(Recommendation::id).isEqualTo(idsOf(before));
    assertThat(found).allMatch(Recommendation::fallback);
    released.countDown();
    state = State.SOUND;
    assertThat(recommender.forUser(USER).deadline(LONG).topK(5))
        .noneMatch(Recommendation::fallback);
  }

  @Test
  void aStoreThatFailsIsAnsweredForAtOnce() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new RecommenderMetrics(recommender).bindTo(registry);
    state = State.FAILING;
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> recommender.forUser(USER).topK(5));
    assertThat(recommender.forUser(USER).deadline(LONG).topK(5))
        .hasSize(5)
        .allMatch(Recommendation::fallback);
    assertThat(recommender.forUsers(List.of(USER, USER)).deadline(LONG).topK(2))
        .allMatch(each -> each.size() == 2 && each.get(0).fallback());
    assertThat(registry.get("recsys.requests").tag("outcome", "error").timers())
        .anyMatch(timer -> timer.count() == 1);
    assertThat(registry.get("recsys.requests").tag("outcome", "fallback").timers())
        .anyMatch(timer -> timer.count() == 3);
  }

  @Test
  void whatWasAskedForHoldsInMemoryToo() {
    state = State.FAILING;
    UserQuery query = recommender.forUser(USER).where("year >= 1990").deadline(LONG);
    List<Recommendation> found = query.topK(200);
    assertThat(found).isNotEmpty();
    assertThat(found)
        .extracting(each -> model.item(each.id()).get("year"))
        .allMatch(year -> year instanceof Integer number && number >= 1990);
    assertThat(query.offset(1).topK(3)).isEqualTo(found.subList(1, 4));
    assertThat(query.excluding(found.get(0).id()).topK(1)).containsExactly(found.get(1));
    assertThat(query.explain().topK(1).get(0).contributions()).isNotEmpty();
    assertThat(query.diversify(0.5).topK(5)).hasSize(5);
  }

  @Test
  void whatIsInMemoryFollowsTheCatalogue() {
    state = State.FAILING;
    UserQuery query = recommender.forUser(USER).deadline(LONG);
    long best = query.topK(1).get(0).id();
    recommender.items().remove(best);
    assertThat(query.topK(200)).extracting(Recommendation::id).doesNotContain(best);
  }

  @Test
  void whatIsRefusedIsRefusedStill() {
    UserQuery query = recommender.forUser(USER).deadline(LONG);
    assertThatIllegalArgumentException().isThrownBy(() -> query.topK(0));
    assertThatExceptionOfType(FilterException.class)
        .isThrownBy(() -> query.where("nothing == 1").topK(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recommender.forUser(USER).deadline(Duration.ZERO))
        .withMessageContaining("deadline");
    recommender.close();
    assertThatIllegalStateException().isThrownBy(() -> query.topK(1));
  }

  @Test
  void whoeverIsInterruptedIsTold() {
    state = State.HANGING;
    Thread.currentThread().interrupt();
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> recommender.forUser(USER).deadline(LONG).topK(1))
          .withMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theMostRatedAreThoseWithTheMostRatings() {
    long[] most = model.mostRated(10);
    assertThat(most).hasSize(10).doesNotHaveDuplicates();
    assertThat(model.mostRated(1_000)).hasSize(model.items().size()).startsWith(most);
    long[] counts = LongStream.of(model.mostRated(1_000)).map(this::ratings).toArray();
    for (int i = 1; i < counts.length; i++) {
      assertThat(counts[i]).isLessThanOrEqualTo(counts[i - 1]);
    }
  }

  private long ratings(long item) {
    return SampleModel.dataset().users().stream()
        .filter(
            user ->
                Arrays.stream(model.history(user.id().orElseThrow())).anyMatch(id -> id == item))
        .count();
  }

  private static List<Long> idsOf(List<Recommendation> found) {
    return found.stream().map(Recommendation::id).toList();
  }
}
