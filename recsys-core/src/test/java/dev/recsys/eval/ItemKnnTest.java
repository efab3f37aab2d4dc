package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ItemKnnTest {
  private static float[] scores(ItemKnn model, Interactions data, int... liked) {
    float[] scores = new float[data.items()];
    model.score(liked, scores);
    return scores;
  }

  /** Item 0 is liked by users 0, 1 and 2, item 1 by 0 and 1, item 2 by 2, item 3 by nobody. */
  private static final Interactions DATA =
      Interactions.of(
          TinyData.training(
              TinyData.of(
                  3,
                  4,
                  new double[] {0, 0, 5},
                  new double[] {1, 0, 5},
                  new double[] {2, 0, 5},
                  new double[] {0, 1, 4},
                  new double[] {1, 1, 4},
                  new double[] {2, 2, 4},
                  new double[] {1, 3, 2})));

  @Test
  void computedByHand() {
    ItemKnn model = ItemKnn.fit(DATA, 10);
    float[] toItem0 = {0, (float) (2 / Math.sqrt(6)), (float) (1 / Math.sqrt(3)), 0};
    assertThat(scores(model, DATA, 0)).containsExactly(toItem0, within(1e-6f));
    assertThat(scores(model, DATA, 1))
        .containsExactly(new float[] {toItem0[1], 0, 0, 0}, within(1e-6f));
    assertThat(scores(model, DATA, 1, 2))
        .containsExactly(new float[] {toItem0[1] + toItem0[2], 0, 0, 0}, within(1e-6f));
    assertThat(scores(model, DATA, 3)).containsOnly(0);
  }

  @Test
  void onlyTheNearestNeighboursOfAnItemSpeakForIt() {
    ItemKnn model = ItemKnn.fit(DATA, 1);
    assertThat(scores(model, DATA, 1)[0]).isPositive();
    assertThat(scores(model, DATA, 2)[0]).isZero();
    assertThat(scores(model, DATA, 0)[2]).isPositive();
  }

  @Property(tries = 60)
  void withAllNeighboursSimilarityIsSymmetricAndInRange(
      @ForAll @IntRange(min = 1, max = 80) int rows, @ForAll long seed) {
    Interactions data = Interactions.of(TinyData.training(TinyData.random(8, 9, rows, seed)));
    ItemKnn model = ItemKnn.fit(data, 9);
    for (int i = 0; i < 9; i++) {
      float[] row = scores(model, data, i);
      assertThat(row[i]).isZero();
      for (int j = 0; j < 9; j++) {
        assertThat(row[j]).isBetween(0f, 1 + 1e-6f);
        assertThat(scores(model, data, j)[i]).isEqualTo(row[j]);
      }
    }
  }
}
