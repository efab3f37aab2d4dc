package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is made of, beside the weights of its towers.
 *
 * @param items the catalogue in the order of the items' rows, from row 1
 * @param ranking null when the rating objective alone was trained
 */
record ModelContent(
    TrainingSettings settings,
    FeatureEncoder encoder,
    List<Item> items,
    ServingForm serving,
    @Nullable RatingForm stars,
    History history,
    @Nullable RankingForm ranking,
    TrainingSummary training) {

  /** The vectors that order items by the objective. */
  VectorSpace space(Objective objective) {
    return switch (objective) {
      case RATING -> rating();
      case RANKING -> {
        if (ranking == null) {
          throw new IllegalArgumentException(
              "the model was trained for the rating objective alone, not for ranking");
        }
        yield ranking;
      }
    };
  }

  /** The vectors whose inner products are predicted stars. */
  VectorSpace rating() {
    return stars == null ? serving : stars;
  }

  TowerSettings towers() {
    return settings.towers();
  }
}
