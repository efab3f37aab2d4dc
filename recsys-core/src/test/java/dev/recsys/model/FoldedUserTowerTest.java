package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class FoldedUserTowerTest {
  private static float tanh(float x) {
    float[] values = {0, x, x};
    FoldedUserTower.tanh(values, 2);
    assertThat(values[2]).isEqualTo(x);
    return values[1];
  }

  @Property
  void tanhIsExactToSevenDigits(@ForAll @FloatRange(min = -30, max = 30) float x) {
    assertThat((double) tanh(x)).isCloseTo(Math.tanh(x), within(1e-7));
  }

  @Test
  void tanhIsOddAndEndsAtOne() {
    assertThat(tanh(0)).isZero();
    for (float x = 0; x < 12; x += 0.001f) {
      assertThat((double) tanh(x)).isCloseTo(Math.tanh(x), within(1e-7));
      assertThat(tanh(-x)).isEqualTo(-tanh(x));
    }
    assertThat(tanh(Float.POSITIVE_INFINITY)).isCloseTo(1, within(1e-7f));
  }

  @Property(tries = 50)
  void vectorIsRowsAddedActivatedNormalisedAndScaled(@ForAll long seed, @ForAll boolean plain) {
    Random random = new Random(seed);
    int dimension = 1 + random.nextInt(9);
    int stride = plain ? dimension : dimension + 1;
    float[] shift = random(random, dimension);
    List<float[]> tables = List.of(random(random, 4 * stride), random(random, 2 * stride));
    FoldedUserTower tower = new FoldedUserTower(plain, 3.5f, 1.25f, shift, tables);
    int[] rows = {random.nextInt(4), random.nextInt(2)};

    double[] expected = new double[plain ? dimension : dimension + 2];
    double norm = 0;
    for (int i = 0; i < dimension; i++) {
      double sum = shift[i];
      for (int slot = 0; slot < 2; slot++) {
        sum += tables.get(slot)[rows[slot] * stride + i];
      }
      expected[i] = Math.tanh(sum);
      norm += expected[i] * expected[i];
    }
    for (int i = 0; i < dimension; i++) {
      expected[i] *= (plain ? 1 : 3.5 / 5) / Math.sqrt(norm);
    }
    if (!plain) {
      expected[dimension] = 1;
      double bias = 1.25;
      for (int slot = 0; slot < 2; slot++) {
        bias += tables.get(slot)[rows[slot] * stride + dimension];
      }
      expected[dimension + 1] = bias / 5;
    }
    float[] vector = new float[expected.length];
    tower.vector(rows, vector);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) vector[i]).isCloseTo(expected[i], within(2e-6));
    }
  }

  private static float[] random(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void aZeroPreActivationGivesAZeroVectorNotNaN() {
    FoldedUserTower tower = new FoldedUserTower(true, 5, 0, new float[3], List.of(new float[3]));
    float[] vector = {1, 2, 3};
    tower.vector(new int[] {0}, vector);
    assertThat(vector).containsOnly(0f);
  }
}
