package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was trained.
 *
 * @param serving vectors of the towers alone
 * @param stars vectors for predicted stars where users' ratings count, null where they do not
 * @param ranking vectors for ranking, null when it was not trained
 * @param tower makes vectors of items for predicted stars
 */
record TrainedContent(
    TrainingSettings settings,
    FeatureEncoder encoder,
    List<Item> items,
    ServingForm serving,
    @Nullable RatingForm stars,
    History history,
    @Nullable RankingForm ranking,
    TrainingSummary training,
    KeptItemTower tower)
    implements ModelContent {
  private static final Set<Objective> STARS_ALONE = Set.of(Objective.RATING);
  private static final Set<Objective> BOTH = Set.of(Objective.values());

  @Override
  public boolean plain() {
    return settings.towers().plain();
  }

  @Override
  public Set<Objective> objectives() {
    return ranking == null ? STARS_ALONE : BOTH;
  }

  @Override
  public VectorSpace space(Objective objective) {
    return switch (objective) {
      case RATING -> stars == null ? serving : stars;
      case RANKING -> requireRanking();
    };
  }

  private RankingForm requireRanking() {
    if (ranking == null) {
      throw new IllegalArgumentException(
          "the model was trained for the rating objective alone, not for ranking");
    }
    return ranking;
  }

  @Override
  public boolean takesRatings(Objective objective) {
    return objective == Objective.RANKING || stars != null;
  }

  @Override
  public float[] encode(Objective objective, Item item) {
    if (objective == Objective.RANKING) {
      return requireRanking().encode(item);
    }
    float[] vector = tower.get(items, serving).vector(encoder.encode(item));
    return stars == null ? vector : stars.extended(vector, encoder.itemRow(item.id()));
  }

  @Override
  public void save(ModelFiles files) {
    files.save(this);
  }
}
