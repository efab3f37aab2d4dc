package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final double RELATIVE = 1e-6;
  private static final int ROWS = 6;

  private static IntStream dimensions() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 600), IntStream.of(1_023, 4_096, 10_007, 32_767, 32_768));
  }

  private static Kernels simd() {
    if (Kernels.BEST instanceof ScalarKernels) {
      System.err.println(
          "SKIPPED, NO VECTOR API: start the tests with --add-modules jdk.incubator.vector");
    }
    Assumptions.assumeFalse(Kernels.BEST instanceof ScalarKernels, "no Vector API in this JVM");
    return Kernels.BEST;
  }

  /** Some of one sign, where rounding errors add up, and some of both, where terms cancel. */
  private static float[] random(Random random, int length, boolean positive) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = positive ? random.nextFloat() : (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void scalarScoresAreThoseOfArithmeticInDouble() {
    dimensions().forEach(dimension -> agreesWithDouble(new ScalarKernels(), dimension));
  }

  @Test
  void simdScoresAreThoseOfArithmeticInDouble() {
    Kernels simd = simd();
    dimensions().forEach(dimension -> agreesWithDouble(simd, dimension));
  }

  private static void agreesWithDouble(Kernels kernels, int dimension) {
    Random random = new Random(dimension);
    for (boolean positive : new boolean[] {true, false}) {
      float[] query = random(random, dimension, positive);
      float[] rows = random(random, ROWS * dimension + 3, positive);
      for (int row = 0; row < ROWS; row++) {
        // rows need not begin at a multiple of anything
        int at = row * dimension + row % 3;
        double product = 0;
        double magnitude = 0;
        double distance = 0;
        for (int i = 0; i < dimension; i++) {
          double term = (double) query[i] * rows[at + i];
          product += term;
          magnitude += Math.abs(term);
          distance += Math.pow((double) query[i] - rows[at + i], 2);
        }
        assertThat((double) kernels.innerProduct(query, 0, rows, at, dimension))
            .isCloseTo(product, Offset.offset(RELATIVE * magnitude));
        assertThat((double) kernels.squaredL2(query, 0, rows, at, dimension))
            .isCloseTo(distance, Offset.offset(RELATIVE * distance));
      }
    }
  }

  @Test
  void fourAtOnceScoreEachAsIfItWereAlone() {
    fourAsOne(new ScalarKernels());
  }

  @Test
  void fourAtOnceScoreEachAsIfItWereAloneWithSimd() {
    fourAsOne(simd());
  }

  private static void fourAsOne(Kernels kernels) {
    dimensions().forEach(dimension -> fourAsOne(kernels, dimension));
  }

  private static void fourAsOne(Kernels kernels, int dimension) {
    Random random = new Random(dimension);
    float[] query = random(random, dimension, false);
    float[] rows = random(random, ROWS * dimension, false);
    int[] at = {5 * dimension, 0, 3 * dimension, dimension};
    float[] products = new float[4];
    float[] distances = new float[4];
    float[][] blocks = {rows, rows.clone(), rows, rows.clone()};
    kernels.innerProducts(query, blocks, at, dimension, products);
    kernels.squaredL2s(query, blocks, at, dimension, distances);

    for (int i = 0; i < 4; i++) {
      assertThat(products[i]).isEqualTo(kernels.innerProduct(query, 0, rows, at[i], dimension));
      assertThat(distances[i]).isEqualTo(kernels.squaredL2(query, 0, rows, at[i], dimension));
    }
  }

  @Test
  void aVectorMayBeComparedWithItself() {
    float[] vector = random(new Random(1), 37, false);
    assertThat(Kernels.BEST.squaredL2(vector, 0, vector, 0, 37)).isZero();
    assertThat(Math.sqrt(Kernels.BEST.innerProduct(vector, 0, vector, 0, 37)))
        .isCloseTo(Kernels.norm(vector), Offset.offset(1e-5));
  }

  @Test
  void normsOfHugeAndTinyVectorsNeitherOverflowNorVanish() {
    assertThat(Kernels.norm(new float[] {3e38f, 0, -3e38f}))
        .isCloseTo(4.2426e38, Offset.offset(1e34));
    assertThat(Kernels.norm(new float[] {Float.MIN_VALUE})).isEqualTo(Float.MIN_VALUE);
    assertThat(Kernels.norm(new float[3])).isZero();
  }

  @Test
  void theChosenKernelsAreTheVectorApiWhereTheJvmHasIt() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(Kernels.BEST instanceof ScalarKernels).isEqualTo(!present);
  }
}
