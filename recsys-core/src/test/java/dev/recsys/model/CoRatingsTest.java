package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Ratings;
import dev.recsys.features.FeatureEncoder;
import org.junit.jupiter.api.Test;

class CoRatingsTest {
  private static final FeatureEncoder ENCODER =
      new TrainingData(SmallData.split(), false).encoder();

  /** User 3 rates two items, user 5 one of them. */
  private static final History HISTORY =
      History.of(
          ENCODER, Ratings.of(new long[] {3, 3, 5}, new long[] {2, 7, 7}, new float[] {5, 3, 1}));

  @Test
  void addsTheProductsOfEachUsersWeightsByHand() {
    float[] gram =
        CoRatings.gram(HISTORY, SmallData.ITEMS, (user, rating) -> user * HISTORY.stars(rating));
    assertThat(at(gram, 2, 2)).isEqualTo(15 * 15);
    assertThat(at(gram, 2, 7)).isEqualTo(15 * 9);
    assertThat(at(gram, 7, 2)).isEqualTo(at(gram, 2, 7));
    assertThat(at(gram, 7, 7)).isEqualTo(9 * 9 + 5 * 5);
    assertThat(at(gram, 1, 1)).isZero();
  }

  private static float at(float[] gram, int row, int column) {
    return gram[(row - 1) * SmallData.ITEMS + column - 1];
  }

  @Test
  void starsBetweenTwoLevelsWeighInProportion() {
    float[] weights = SmallData.ranking().weights();
    assertThat(RankingSettings.weight(weights, 1)).isEqualTo(0.1f);
    assertThat(RankingSettings.weight(weights, 5)).isEqualTo(1.25f);
    assertThat(RankingSettings.weight(weights, 3.5f)).isCloseTo(0.75f, within(1e-6f));
  }
}
