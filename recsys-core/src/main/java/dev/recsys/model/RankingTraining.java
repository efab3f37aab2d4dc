package dev.recsys.model;

import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Trains the ranking objective, if it is wanted, and measures it. For one thread. */
final class RankingTraining {
  private final TrainingData data;
  private final TrainingSettings settings;
  private final ServingForm users;
  private double validationNdcg = Double.NaN;
  private double seconds;

  /**
   * @param users knows which attributes users have
   */
  RankingTraining(TrainingData data, TrainingSettings settings, ServingForm users) {
    this.data = data;
    this.settings = settings;
    this.users = users;
  }

  /**
   * Learns from the training part and measures on the validation part, then learns from both.
   *
   * @return null when the settings do not ask for ranking
   * @throws CancellationException when the thread is interrupted
   */
  @Nullable RankingForm run(Split split) {
    RankingSettings ranking = settings.ranking();
    if (ranking == null) {
      return null;
    }
    long start = System.nanoTime();
    List<FeatureEncoder.ItemFeatures> content =
        data.items().stream().map(data.encoder()::encode).toList();
    RankingFit fit =
        new RankingFit(data.encoder(), ranking, data.users(), content, settings.seed());
    History train = History.of(data.encoder(), split.train());
    RankingForm form = form(fit, train);
    if (split.validation().size() > 0) {
      History validation = History.of(data.encoder(), split.validation());
      validationNdcg = new ValidationRanking(data.encoder(), train, validation).ndcg(form);
      form = form(fit, History.of(data.encoder(), split.train(), split.validation()));
    }
    seconds = (System.nanoTime() - start) / 1e9;
    return form;
  }

  private RankingForm form(RankingFit fit, History history) {
    UserRatings ratings = new UserRatings(data.encoder(), history);
    return new RankingForm(data.encoder(), users, ratings, fit.fit(history));
  }

  /** NDCG@10 on the validation part; NaN when there was nothing to measure. */
  double validationNdcg() {
    return validationNdcg;
  }

  /** How long it took. */
  double seconds() {
    return seconds;
  }
}
