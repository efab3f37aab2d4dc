package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecommenderMetricsTest {
  private static final UserProfile USER = UserProfile.ofId(9);

  private final FusionModel model = SampleModel.model();
  private final VectorStore store = EmbeddedVectorStore.inMemory();
  private final Recommender recommender = Recommender.of(model, store);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void bind() {
    new RecommenderMetrics(recommender).bindTo(registry);
  }

  @AfterEach
  void close() {
    recommender.close();
    store.close();
    registry.close();
  }

  private Timer requests(String kind, String outcome) {
    return registry.get("recsys.requests").tags("kind", kind, "outcome", outcome).timer();
  }

  @Test
  void requestsAreCountedByWhatBecameOfThem() {
    recommender.forUser(USER).topK(5);
    recommender.forUser(USER).topKAsync(5, Runnable::run).join();
    recommender.forUser(USER).where("year > 3000").topK(5);
    assertThatIllegalArgumentException().isThrownBy(() -> recommender.forUser(USER).topK(0));
    recommender.similarTo(model.items().get(0).id()).topK(3);

    assertThat(requests("user", "found").count()).isEqualTo(2);
    assertThat(requests("user", "found").totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(requests("user", "empty").count()).isEqualTo(1);
    assertThat(requests("user", "error").count()).isEqualTo(1);
    assertThat(requests("similar", "found").count()).isEqualTo(1);
    assertThat(requests("similar", "error").count()).isZero();
  }

  @Test
  void whatSearchesTakeIsSummed() {
    recommender.forUser(USER).topK(5);
    long from1990 =
        model.items().stream()
            .filter(item -> ((Number) item.values().getOrDefault("year", 0)).intValue() >= 1990)
            .count();
    recommender.forUser(USER).where("year >= 1990").topK(5);
    recommender.similarTo(model.items().get(0).id()).topK(3);
    assertThat(registry.get("recsys.search.compared").summary().count()).isEqualTo(3);
    assertThat(registry.get("recsys.search.compared").summary().max())
        .isBetween(5.0, (double) model.items().size());
    assertThat(registry.get("recsys.search.selectivity").summary().count()).isEqualTo(1);
    assertThat(registry.get("recsys.search.selectivity").summary().max())
        .isCloseTo((double) from1990 / model.items().size(), within(1e-9));
  }

  @Test
  void itemsAndModelAreShownAsTheyAreNow() {
    double size = model.items().size();
    assertThat(registry.get("recsys.items").gauge().value()).isEqualTo(size);
    recommender.items().remove(model.items().get(0).id());
    assertThat(registry.get("recsys.items").gauge().value()).isEqualTo(size - 1);

    assertThat(registry.get("recsys.model").tag("objective", "ranking").gauge().value())
        .isEqualTo(1);
    recommender.reload(model.rankingBy(Objective.RATING));
    assertThat(registry.get("recsys.model").gauges()).hasSize(1);
    assertThat(
            registry
                .get("recsys.model")
                .tag("objective", "rating")
                .gauge()
                .getId()
                .getTag("fingerprint"))
        .isEqualTo(recommender.model().fingerprint());
  }
}
