package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is timed computes what its name says. */
class KernelBenchmarkTest {
  private static KernelBenchmark drawn(
      KernelBenchmark.Implementation implementation, int dimension, int vectors) {
    KernelBenchmark benchmark = new KernelBenchmark();
    benchmark.implementation = implementation;
    benchmark.dimension = dimension;
    benchmark.vectors = vectors;
    benchmark.draw();
    return benchmark;
  }

  private static void assertClose(float[] scores, double[] expected) {
    assertThat(scores).hasSameSizeAs(expected);
    for (int i = 0; i < scores.length; i++) {
      assertThat((double) scores[i]).isCloseTo(expected[i], within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({"BEST,1,256", "BEST,256,700", "SCALAR,100,512", "SCALAR,33,1"})
  void productsAndDistancesAreThoseOfTheVectorsWhoseTurnItIs(
      KernelBenchmark.Implementation implementation, int dimension, int vectors) {
    KernelBenchmark benchmark = drawn(implementation, dimension, vectors);
    for (int call = 0; call < 400; call++) {
      assertClose(benchmark.innerProductOneByOne(), benchmark.expected(false));
      assertClose(benchmark.innerProductFourAtATime(), benchmark.expected(false));
      assertClose(benchmark.squaredL2FourAtATime(), benchmark.expected(true));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "31", "32", "33", "256", "1000"})
  void sumsOfCodesAreTheSameInEveryImplementation(int dimension) {
    KernelBenchmark best = drawn(KernelBenchmark.Implementation.BEST, dimension, 1_000);
    KernelBenchmark scalar = drawn(KernelBenchmark.Implementation.SCALAR, dimension, 1_000);
    for (int call = 0; call < 8; call++) {
      assertThat(best.sumCodes()).isEqualTo(scalar.sumCodes()).isGreaterThanOrEqualTo(0);
    }
  }
}
