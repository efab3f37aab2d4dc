package dev.recsys.model;

import ai.djl.Device;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import java.util.List;
import java.util.stream.IntStream;

/** Measures settings on the validation part, at a share of what it costs in full. */
interface TrialCost {
  /** Returns NDCG@10 or the RMSE of stars. */
  double measure(TrainingSettings settings, double share);

  static TrialCost of(Objective objective, Split split, long seed, int epochs) {
    return objective == Objective.RATING
        ? (settings, share) -> rmse(settings, split, Math.max(1, (int) Math.round(share * epochs)))
        : new RankingCost(split, seed);
  }

  private static double rmse(TrainingSettings settings, Split split, int epochs) {
    return FusionTrainer.builder()
        .change(any -> settings.withEpochs(epochs).withRanking(null))
        .build()
        .fit(split)
        .training()
        .validationRmse();
  }

  /** Of a share of the users, all that the ranking needs. */
  final class RankingCost implements TrialCost {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Split split;
    private final long seed;
    private final TrainingData data;
    private final ServingForm users;
    private final List<FeatureEncoder.ItemFeatures> content;

    private RankingCost(Split split, long seed) {
      this.split = split;
      this.seed = seed;
      this.data = new TrainingData(split, false);
      TrainingSettings any = TrainingSettings.FUSION;
      this.users =
          new Training(data, any, TrainingListener.NONE, null, null, Device.cpu())
              .serving(Architecture.block(data.encoder(), any.towers()).initialWeights(any.seed()));
      this.content = data.items().stream().map(data.encoder()::encode).toList();
    }

    @Override
    public double measure(TrainingSettings settings, double share) {
      RankingSettings ranking = settings.ranking();
      if (ranking == null) {
        return Double.NaN;
      }
      History train = History.of(data.encoder(), some(split.train(), share));
      History validation = History.of(data.encoder(), some(split.validation(), share));
      RankingFit fit = new RankingFit(data.encoder(), ranking, data.users(), content, seed);
      RankingForm form =
          new RankingForm(
              data.encoder(), users, new UserRatings(data.encoder(), train), fit.fit(train));
      return new ValidationRanking(data.encoder(), train, validation).ndcg(form);
    }

    /** The ratings of a share of the users; of a larger share, theirs and others'. */
    private static Ratings some(Ratings ratings, double share) {
      return share >= 1
          ? ratings
          : ratings.select(
              IntStream.range(0, ratings.size())
                  .filter(row -> place(ratings.user(row)) < share)
                  .toArray());
    }

    /** Where in [0, 1) a user is. */
    private static double place(long user) {
      long mixed = user * MIX;
      mixed = (mixed ^ (mixed >>> 32)) * MIX;
      return (mixed >>> 11) * 0x1p-53;
    }
  }
}
