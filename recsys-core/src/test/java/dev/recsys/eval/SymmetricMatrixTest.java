package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SymmetricMatrixTest {
  /** Returns B'B + I for a random B, with NaN below the diagonal, where nobody may look. */
  private static double[][] positiveDefinite(int n, long seed) {
    double[][] b = new double[n][n];
    Random random = new Random(seed);
    for (double[] row : b) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextGaussian() / Math.sqrt(n);
      }
    }
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = i > j ? Double.NaN : i == j ? 1 : 0;
        for (int k = 0; k < n; k++) {
          matrix[i][j] += b[k][i] * b[k][j];
        }
      }
    }
    return matrix;
  }

  private static double at(double[][] symmetric, int i, int j) {
    return symmetric[Math.min(i, j)][Math.max(i, j)];
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = matrix.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  @Property(tries = 60)
  void productWithTheInverseIsTheIdentity(
      @ForAll @IntRange(min = 1, max = 140) int n, @ForAll long seed) {
    double[][] matrix = positiveDefinite(n, seed);
    double[][] inverse = copy(matrix);
    SymmetricMatrix.invert(inverse);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += at(matrix, i, k) * inverse[k][j];
        }
        assertThat(sum).isEqualTo(i == j ? 1 : 0, within(1e-9));
        assertThat(inverse[i][j]).isEqualTo(inverse[j][i]);
      }
    }
  }

  @Property(tries = 100)
  void sweepingAllButTheLastRowSolvesEquations(
      @ForAll @IntRange(min = 1, max = 30) int n, @ForAll long seed) {
    double[][] equations = positiveDefinite(n + 1, seed);
    double[][] solved = copy(equations);
    SymmetricMatrix.sweep(solved, n);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += at(equations, i, j) * solved[j][n];
      }
      assertThat(sum).isEqualTo(equations[i][n], within(1e-9));
    }
  }

  @Example
  void computedByHand() {
    double[][] matrix = {{2, 1}, {0, 2}};
    SymmetricMatrix.invert(matrix);
    assertThat(matrix[0]).containsExactly(new double[] {2 / 3.0, -1 / 3.0}, within(1e-15));
    assertThat(matrix[1]).containsExactly(new double[] {-1 / 3.0, 2 / 3.0}, within(1e-15));
  }

  @Example
  void nothingIsItsOwnInverse() {
    double[][] nothing = {};
    SymmetricMatrix.invert(nothing);
    assertThat(nothing).isEmpty();
  }

  @Example
  void matrixThatIsNotPositiveDefiniteIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricMatrix.invert(new double[][] {{1, 2}, {2, 1}}))
        .withMessage("matrix is not positive definite: pivot 1 is -3.0");
  }
}
