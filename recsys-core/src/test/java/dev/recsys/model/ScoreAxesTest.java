package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScoreAxesTest {
  private static float[][] random(int rows, int width, long seed) {
    Random random = new Random(seed);
    float[][] matrix = new float[rows][width];
    for (float[] row : matrix) {
      for (int i = 0; i < width; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }

  @Property(tries = 50)
  void orthonormalRowsHaveUnitLengthAndRightAngles(
      @ForAll @IntRange(min = 1, max = 12) int rows, @ForAll long seed) {
    float[][] matrix = random(rows, 15, seed);
    ScoreAxes.orthonormalise(matrix);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        assertThat(Vectors.dot(matrix[i], matrix[j])).isCloseTo(i == j ? 1 : 0, within(1e-4));
      }
    }
  }

  @Test
  void aRowThatTheOthersExplainIsNone() {
    float[][] matrix = {{3, 0, 0}, {1, 2, 0}, {5, -1, 0}};
    ScoreAxes.orthonormalise(matrix);
    assertThat(matrix[1]).containsExactly(new float[] {0, 1, 0}, within(1e-6f));
    assertThat(matrix[2]).containsOnly(0);
  }

  /** Scores of rank 2 in 6 items: both directions are found, and no third. */
  @Test
  void findsTheSubspaceOfTheScoresAndNoMore() {
    int items = 6;
    float[][] left = random(2, items, 3);
    float[][] right = random(2, items, 4);
    float[] weights = new float[items * items];
    float[] gram = new float[items * items];
    for (int i = 0; i < items; i++) {
      gram[i * items + i] = 1 + i;
      for (int j = 0; j < items; j++) {
        weights[i * items + j] = left[0][i] * right[0][j] + left[1][i] * right[1][j];
      }
    }
    float[][] axes;
    try (NDManager manager = PyTorch.engine().newBaseManager(Device.cpu())) {
      axes = ScoreAxes.of(manager, gram, weights, items, 3, 1);
    }
    for (float[] direction : right) {
      double found = 0;
      for (float[] axis : axes) {
        found += Math.pow(Vectors.dot(axis, direction), 2);
      }
      assertThat(found).isCloseTo(Vectors.dot(direction, direction), within(1e-3));
    }
  }
}
