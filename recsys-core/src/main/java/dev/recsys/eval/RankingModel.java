package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import dev.recsys.model.FusionModel;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * What can be measured: it ranks items for a user, and may predict stars. Implementations are safe
 * for many threads.
 *
 * <p>A user is somebody the model was trained on, named by the profile's id, or somebody new, whose
 * profile has no id and who is known by attributes and history alone.
 */
public interface RankingModel {
  /** Returns a short name, for tables. */
  String name();

  /**
   * Ranks items.
   *
   * @param history the user's ratings; of a user who was trained on, those in the training data
   * @param k how many items are wanted, at least 1
   * @param candidate which items may be ranked
   * @return ids of distinct candidates, best first; fewer than k when there are no more
   */
  long[] rank(UserProfile user, List<Rating> history, int k, LongPredicate candidate);

  /**
   * Predicts what a user would give an item, in stars; NaN, as here, when the model only ranks.
   *
   * @param history the user's ratings; of a user who was trained on, those in the training data
   */
  default double predictStars(UserProfile user, List<Rating> history, long item) {
    return Double.NaN;
  }

  /** Returns a trained model under the name "model"; its items are found by exact search. */
  static RankingModel of(FusionModel model) {
    return new FusionRanking(model);
  }
}
