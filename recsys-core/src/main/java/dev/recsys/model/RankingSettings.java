package dev.recsys.model;

import java.util.List;

/**
 * How the ranking tables are made; {@link RankingFit} explains each.
 *
 * @param dimension length of the vectors, or the number of items where that is smaller
 * @param starWeights how much 1, 2, 3, 4 and 5 stars say for an item
 * @param ridge penalty of all weights between items, in means of the Gram matrix' diagonal
 * @param dropout penalty of the weights from an item, in its own entry of the diagonal: p / (1 - p)
 *     where each rating is left out with probability p
 * @param activityDamping exponent by which the number of a user's ratings weighs the user less
 * @param popularityDamping exponent by which an item's ratings lessen its score
 * @param prior how much of the taste of people alike is added to a user's own
 * @param attributeDamping average users added to those who share an attribute's value
 */
record RankingSettings(
    int dimension,
    List<Double> starWeights,
    double ridge,
    double dropout,
    double activityDamping,
    double popularityDamping,
    double prior,
    double attributeDamping) {
  /** Stars go from 1 to this. */
  static final int LEVELS = 5;

  /** The defaults, picked on validation parts of ml-1m. */
  static final RankingSettings DEFAULT =
      new RankingSettings(200, List.of(0.2, 0.3, 0.6, 1.0, 1.3), 1.5, 0.5, 0.3, 0.15, 0.05, 100);

  RankingSettings {
    require(dimension >= 1, "dimension must be at least 1", dimension);
    require(starWeights.size() == LEVELS, "starWeights must be " + LEVELS, starWeights);
    require(ridge > 0, "ridge must be positive", ridge);
    require(dropout >= 0, "dropout must be at least 0", dropout);
    require(prior >= 0, "prior must be at least 0", prior);
    require(attributeDamping >= 0, "attributeDamping must be at least 0", attributeDamping);
  }

  static RankingSettings of(JsonRecord in) {
    return new RankingSettings(
        in.int32("dimension"),
        in.numbers("starWeights"),
        in.number("ridge"),
        in.number("dropout"),
        in.number("activityDamping"),
        in.number("popularityDamping"),
        in.number("prior"),
        in.number("attributeDamping"));
  }

  private static void require(boolean good, String rule, Object value) {
    if (!good) {
      throw new IllegalArgumentException("ranking: " + rule + ", not " + value);
    }
  }

  float[] weights() {
    float[] weights = new float[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      weights[i] = starWeights.get(i).floatValue();
    }
    return weights;
  }

  /** The weight of a rating, between two levels in proportion. */
  static float weight(float[] weights, float stars) {
    int below = Math.min((int) stars, LEVELS - 1);
    float share = stars - below;
    return weights[below - 1] * (1 - share) + weights[below] * share;
  }
}
