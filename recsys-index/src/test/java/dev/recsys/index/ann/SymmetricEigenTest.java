package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 60})
  void vectorsAndValuesSatisfyTheEigenvalueEquation(int size) {
    double[][] matrix = symmetric(size);
    SymmetricEigen eigen = SymmetricEigen.of(copy(matrix));

    for (int rank = 0; rank < size; rank++) {
      double[] vector = eigen.vector(rank);
      for (int i = 0; i < size; i++) {
        double image = 0;
        for (int j = 0; j < size; j++) {
          image += matrix[i][j] * vector[j];
        }
        assertThat(image).isCloseTo(eigen.value(rank) * vector[i], within(1e-10));
      }
      assertThat(eigen.value(rank)).isLessThanOrEqualTo(eigen.value(Math.max(0, rank - 1)));
    }
  }

  @Test
  void valuesOfAKnownMatrixComeLargestFirst() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1, 0}, {1, 2, 0}, {0, 0, 2.5}});

    assertThat(eigen.value(0)).isCloseTo(3, within(1e-12));
    assertThat(eigen.value(1)).isCloseTo(2.5, within(1e-12));
    assertThat(eigen.value(2)).isCloseTo(1, within(1e-12));
  }

  @Test
  void zeroMatrixHasZeroValues() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[4][4]);

    assertThat(eigen.value(0)).isZero();
    assertThat(eigen.vector(3)).containsOnlyOnce(1).contains(0);
  }

  private static double[][] symmetric(int size) {
    Random random = new Random(size);
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}
