package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {
  @ParameterizedTest
  @CsvSource({"1,1,5", "2,2,0", "3,2,1", "16,16,40", "100,100,300", "100,20,300", "300,64,50"})
  void axesAreOrthonormal(int dimension, int axes, int rows) {
    Rotation rotation = Rotation.fit(gaussian(rows, dimension, 1), dimension, axes, 7);

    float[][] vectors = axesOf(rotation);
    assertThat(rotation.axes()).isEqualTo(axes);
    for (int a = 0; a < axes; a++) {
      for (int b = 0; b <= a; b++) {
        assertThat(dot(vectors[a], vectors[b])).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void allAxesKeepInnerProducts() {
    int dimension = 37;
    float[] x = gaussian(2, dimension, 3);
    Rotation rotation = Rotation.fit(gaussian(90, dimension, 2), dimension, dimension, 7);
    float[] turned = new float[2 * dimension];
    rotation.apply(x, 0, dimension, turned, 0);
    rotation.apply(x, dimension, dimension, turned, dimension);

    double expected = 0;
    double received = 0;
    for (int i = 0; i < dimension; i++) {
      expected += (double) x[i] * x[dimension + i];
      received += (double) turned[i] * turned[dimension + i];
    }
    assertThat(received).isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"64,64", "64,10", "400,10"})
  void leadingAxesFindTheSubspaceOfLowRankData(int dimension, int axes) {
    int rank = 5;
    float[] mix = gaussian(rank, dimension, 4);
    float[] latent = gaussian(200, rank, 5);
    float[] sample = new float[200 * dimension];
    for (int r = 0; r < 200; r++) {
      for (int j = 0; j < rank; j++) {
        for (int i = 0; i < dimension; i++) {
          sample[r * dimension + i] += latent[r * rank + j] * mix[j * dimension + i];
        }
      }
    }
    Rotation rotation = Rotation.fit(sample, dimension, axes, 7);

    double energy = 0;
    for (int a = 0; a < axes; a++) {
      energy += rotation.energy(a);
      assertThat(rotation.energy(a)).isLessThanOrEqualTo(a == 0 ? 1 : rotation.energy(a - 1));
    }
    assertThat(energy).isCloseTo(1, within(1e-6));
    assertThat(rotation.energy(rank)).isCloseTo(0, within(1e-6));
  }

  @Test
  void energiesAreThoseOfTheAxes() {
    // e0 twice, e1 once, one vector a million times as long as the others
    float[] sample = {1e6f, 0, 0, 1, 0, 0, 0, 1, 0};

    Rotation rotation = Rotation.fit(sample, 3, 3, 7);

    assertThat(rotation.energy(0)).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(rotation.energy(1)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(rotation.energy(2)).isCloseTo(0, within(1e-12));
  }

  @Test
  void sampleOfZerosOrDenormalsOrHugeNumbersStillGivesOrthonormalAxes() {
    for (float scale : new float[] {0, Float.MIN_VALUE, 1e38f}) {
      float[] sample = new float[30 * 20];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = scale * (i % 3);
      }
      float[][] axes = axesOf(Rotation.fit(sample, 20, 4, 7));
      assertThat(dot(axes[0], axes[0])).isCloseTo(1, within(1e-6));
      assertThat(dot(axes[0], axes[3])).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void sameSeedGivesSameAxes() {
    float[] sample = gaussian(100, 50, 8);

    assertThat(axesOf(Rotation.fit(sample, 50, 9, 7)))
        .isDeepEqualTo(axesOf(Rotation.fit(sample, 50, 9, 7)));
  }

  @Test
  void moreAxesThanDimensionsAreRefused() {
    assertThatThrownBy(() -> Rotation.fit(new float[8], 4, 5, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1..4")
        .hasMessageContaining("5");
  }

  private static float[] gaussian(int rows, int dimension, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Reads the axes off by turning the unit vectors. */
  private static float[][] axesOf(Rotation rotation) {
    float[][] axes = new float[rotation.axes()][rotation.dimension()];
    float[] turned = new float[rotation.axes()];
    for (int i = 0; i < rotation.dimension(); i++) {
      float[] unit = new float[rotation.dimension()];
      unit[i] = 1;
      rotation.apply(unit, 0, turned.length, turned, 0);
      for (int a = 0; a < turned.length; a++) {
        axes[a][i] = turned[a];
      }
    }
    return axes;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
