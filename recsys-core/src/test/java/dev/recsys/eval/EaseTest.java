package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EaseTest {
  private static float[] scores(HistoryModel model, Interactions data, int... liked) {
    float[] scores = new float[data.items()];
    model.score(liked, scores);
    return scores;
  }

  private static Interactions random(int rows, long seed) {
    return Interactions.of(TinyData.training(TinyData.random(12, 9, rows, seed)));
  }

  @Test
  void computedByHand() {
    // items 0 and 1 are liked by the same two users: P = [[2+1, 2], [2, 2+1]]^-1 = [[3, -2], ...]/5
    Interactions data =
        Interactions.of(
            TinyData.training(
                TinyData.of(
                    2,
                    3,
                    new double[] {0, 0, 5},
                    new double[] {0, 1, 5},
                    new double[] {1, 0, 5},
                    new double[] {1, 1, 5})));
    float[] scores = scores(Ease.fit(data, 1), data, 0);
    assertThat(scores).containsExactly(new float[] {0, 2 / 3f, 0}, within(1e-6f));
  }

  @Property(tries = 60)
  void weightsSolveTheRegressionOfEachItemOnTheOthers(
      @ForAll @IntRange(min = 1, max = 90) int rows, @ForAll long seed) {
    Interactions data = random(rows, seed);
    Ease ease = Ease.fit(data, 2);
    int n = data.likedItems();
    double[][] gram = new double[n][data.items()];
    float[][] weights = new float[n][];
    for (int i = 0; i < n; i++) {
      data.addCommonLikes(i, gram[i]);
      weights[i] = scores(ease, data, i);
      assertThat(weights[i][i]).isZero();
    }
    // the gradient of |x_j - X b_j|^2 + 2 |b_j|^2 is 0 in every direction but b_jj
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double gradient = -gram[i][j] + 2 * weights[i][j];
        for (int k = 0; k < n; k++) {
          gradient += gram[i][k] * weights[k][j];
        }
        assertThat(i == j ? 0 : gradient).isEqualTo(0, within(1e-4));
      }
    }
  }

  @Property(tries = 30)
  void scoresOfAHistoryAreTheSumsOfThoseOfItsItems(@ForAll long seed) {
    Interactions data = random(60, seed);
    Ease ease = Ease.fit(data);
    int[] liked = {0, 2, data.items() - 1};
    float[] sum = new float[data.items()];
    for (int item : liked) {
      float[] one = scores(ease, data, item);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }
    assertThat(scores(ease, data, liked)).containsExactly(sum, within(1e-6f));
  }
}
