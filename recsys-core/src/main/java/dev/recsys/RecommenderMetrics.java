package dev.recsys;

import dev.recsys.index.SearchWork;
import dev.recsys.model.FusionModel;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a recommender does, as meters of Micrometer, which the application brings along. Requests of
 * users and of similar items are measured once this is bound to a registry: about 50 ns each.
 *
 * <ul>
 *   <li>{@code recsys.requests}: a timer, by {@code kind} ({@code user}, {@code similar}) and
 *       {@code outcome}: {@code found}, {@code empty}, {@code fallback} (from memory, as the store
 *       did not answer in time) or {@code error}.
 *   <li>{@code recsys.items}: how many items there are to recommend.
 *   <li>{@code recsys.model}: 1, by {@code fingerprint} and {@code objective} of the model that
 *       answers.
 * </ul>
 */
@SuppressWarnings("exports") // Micrometer's module is optional
public final class RecommenderMetrics implements MeterBinder {
  private final Recommender recommender;

  /** Prepares the meters of a recommender. */
  public RecommenderMetrics(Recommender recommender) {
    this.recommender = recommender;
  }

  /** Registers the meters; a recommender's requests go to the registry that was bound last. */
  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("recsys.items", recommender, RecommenderMetrics::items)
        .description("Items there are to recommend")
        .register(registry);
    recommender.observe(new Meters(registry));
  }

  private static double items(Recommender recommender) {
    Serving serving = recommender.current();
    return serving.changes().count(serving.model());
  }

  private enum Outcome {
    FOUND,
    EMPTY,
    FALLBACK,
    ERROR;

    static Outcome of(@Nullable List<?> result) {
      if (result == null) {
        return ERROR;
      }
      if (result.isEmpty()) {
        return EMPTY;
      }
      return result.get(0) instanceof Recommendation first && first.fallback() ? FALLBACK : FOUND;
    }
  }

  private static final class Meters implements RequestObserver {
    private final Map<Kind, Map<Outcome, Timer>> timers = new EnumMap<>(Kind.class);
    private final MultiGauge models;
    private final DistributionSummary compared;
    private final DistributionSummary selectivity;

    Meters(MeterRegistry registry) {
      models =
          MultiGauge.builder("recsys.model")
              .description("The model that answers")
              .register(registry);
      compared =
          DistributionSummary.builder("recsys.search.compared")
              .description("Vectors that a search compared with the user's")
              .register(registry);
      selectivity =
          DistributionSummary.builder("recsys.search.selectivity")
              .description("Share of the items that a filter let through")
              .register(registry);
      for (Kind kind : Kind.values()) {
        Map<Outcome, Timer> byOutcome = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
          byOutcome.put(
              outcome,
              Timer.builder("recsys.requests")
                  .description("Requests for recommendations")
                  .tag("kind", lower(kind))
                  .tag("outcome", lower(outcome))
                  .register(registry));
        }
        timers.put(kind, byOutcome);
      }
    }

    @Override
    public void answered(Kind kind, long nanos, @Nullable List<?> result) {
      Timer timer = timers.getOrDefault(kind, Map.of()).get(Outcome.of(result));
      if (timer != null) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    public void searched(SearchWork work, boolean filtered) {
      compared.record(work.compared());
      if (filtered && work.entities() > 0) {
        selectivity.record((double) work.accepted() / work.entities());
      }
    }

    @Override
    public void serving(FusionModel model) {
      Tags tags =
          Tags.of("fingerprint", model.fingerprint(), "objective", lower(model.objective()));
      models.register(List.of(MultiGauge.Row.of(tags, 1)), true);
    }

    private static String lower(Enum<?> value) {
      return value.name().toLowerCase(Locale.ROOT);
    }
  }
}
