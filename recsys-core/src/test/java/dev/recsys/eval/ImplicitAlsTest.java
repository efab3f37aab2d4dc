package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ImplicitAlsTest {
  private static Interactions tastes(long seed) {
    return Interactions.of(TinyData.training(TinyData.twoTastes(40, 30, seed)));
  }

  private static float[] scores(ImplicitAls model, Interactions data, int... liked) {
    float[] scores = new float[data.items()];
    model.score(liked, scores);
    return scores;
  }

  /** Squared distance from 1 for likes and, with the weight alpha, from 0 for all pairs. */
  private static double loss(ImplicitAls model, Interactions data, double alpha) {
    double loss = 0;
    for (int[] likes : data.byUser()) {
      float[] scores = scores(model, data, likes);
      for (float score : scores) {
        loss += alpha * score * score;
      }
      for (int item : likes) {
        loss += (1 - scores[item]) * (1 - scores[item]);
      }
    }
    return loss;
  }

  @Property(tries = 20)
  void moreSweepsFitBetterWhenNothingElsePenalises(@ForAll long seed) {
    Interactions data = tastes(seed);
    double before = Double.POSITIVE_INFINITY;
    for (int sweeps : new int[] {1, 2, 5, 10}) {
      ImplicitAls.Settings settings = new ImplicitAls.Settings(3, sweeps, 0.1, 1e-9);
      double loss = loss(ImplicitAls.fit(data, settings, seed), data, 0.1);
      assertThat(loss).isLessThanOrEqualTo(before * (1 + 1e-4));
      before = loss;
    }
  }

  @Property(tries = 20)
  void sameSeedSameModelHoweverManyThreads(
      @ForAll @IntRange(min = 1, max = 8) int dimension, @ForAll long seed) {
    Interactions data = tastes(seed);
    ImplicitAls.Settings settings = new ImplicitAls.Settings(dimension, 3, 0.1, 0.01);
    assertThat(scores(ImplicitAls.fit(data, settings, seed), data, 0, 1, 4))
        .containsExactly(scores(ImplicitAls.fit(data, settings, seed), data, 0, 1, 4));
  }

  @Test
  void withAsManyDimensionsAsItemsTheBestFitOfOneUserIsItsRidgeSolution() {
    // one user likes one of two items: u'v is as near to 1 as the penalties let it
    Interactions data =
        Interactions.of(TinyData.training(TinyData.of(1, 2, new double[] {0, 1, 5})));
    ImplicitAls.Settings settings = new ImplicitAls.Settings(2, 200, 0.5, 0.01);
    float[] scores = scores(ImplicitAls.fit(data, settings, 5), data, 0);
    // of x = |u||v| with |u|^2 p = |v|^2 q: (1 - x)^2 + 0.5 x^2 + 2 sqrt(p q) x is least at
    double p = 0.01 * (1 + 0.5 * 2);
    double q = 0.01 * (1 + 0.5 * 1);
    assertThat((double) scores[0]).isEqualTo((1 - Math.sqrt(p * q)) / 1.5, within(1e-4));
    assertThat(scores[1]).isZero();
  }

  @Test
  void whoLikedNothingScoresNothing() {
    Interactions data = tastes(1);
    ImplicitAls.Settings settings = new ImplicitAls.Settings(4, 3, 0.1, 0.01);
    assertThat(scores(ImplicitAls.fit(data, settings, 1), data)).containsOnly(0);
  }
}
