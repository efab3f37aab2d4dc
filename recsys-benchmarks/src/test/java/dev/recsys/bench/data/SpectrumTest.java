package dev.recsys.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.index.schema.MetricType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated vectors and filters. */
class SpectrumTest {
  private static VectorSet generate(Spectrum spectrum, int count, long seed) {
    return spectrum.generate(count, 64, 50, MetricType.IP, seed);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameVectors(Spectrum spectrum) {
    VectorSet set = generate(spectrum, 300, 7);
    VectorSet again = generate(spectrum, 300, 7);
    assertThat(again.base()).isDeepEqualTo(set.base());
    assertThat(again.queries()).isDeepEqualTo(set.queries());
  }

  @ParameterizedTest
  @EnumSource
  void anotherSeedGivesOtherVectors(Spectrum spectrum) {
    VectorSet set = generate(spectrum, 300, 7);
    VectorSet other = generate(spectrum, 300, 8);
    assertThat(other.base()[0]).isNotEqualTo(set.base()[0]);
    assertThat(other.queries()[0]).isNotEqualTo(set.queries()[0]);
  }

  @ParameterizedTest
  @EnumSource
  void aLargerSetBeginsWithTheSmallerAndHasTheSameQueries(Spectrum spectrum) {
    VectorSet small = generate(spectrum, 100, 7);
    VectorSet large = generate(spectrum, 200, 7);
    for (int id = 0; id < 100; id++) {
      assertThat(large.base()[id]).isEqualTo(small.base()[id]);
    }
    assertThat(large.queries()).isDeepEqualTo(small.queries());
  }

  @Test
  void vectorsOfTwoTowersHaveLengthOneAndTheOthersDoNot() {
    assertThat(generate(Spectrum.LOW_RANK, 300, 7).unit()).isTrue();
    assertThat(generate(Spectrum.FLAT, 300, 7).unit()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"LOW_RANK,0.6,1.01", "FLAT,0,0.5"})
  void fewAxesHoldMostOfALowRank(Spectrum spectrum, double least, double most) {
    float[][] base = generate(spectrum, 2_000, 7).base();
    double total = 0;
    double squaredCovariance = 0;
    for (int i = 0; i < 64; i++) {
      for (int j = 0; j < 64; j++) {
        double sum = 0;
        for (float[] vector : base) {
          sum += (double) vector[i] * vector[j];
        }
        squaredCovariance += sum * sum;
        total += i == j ? sum : 0;
      }
    }
    // the number of axes that equal shares of the energy would take
    double axes = total * total / squaredCovariance;
    assertThat(1 - axes / 64).isBetween(least, most);
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertThatThrownBy(() -> Spectrum.FLAT.generate(0, 8, 1, MetricType.L2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vectors, dimension and queries must be at least 1, got 0, 8 and 1");
  }

  @Test
  void filtersKeepTheirShareAndAreReproducible() {
    KeptIds kept = KeptIds.random(20_000, 0.1, 3);
    assertThat((double) kept.count() / 20_000).isCloseTo(0.1, within(0.01));
    assertThat(kept.ids()).isSorted().doesNotHaveDuplicates().hasSize(kept.count());
    assertThat(IntStream.of(kept.ids())).allMatch(kept::contains);
    assertThat(KeptIds.random(20_000, 0.1, 3).ids()).isEqualTo(kept.ids());
    assertThat(KeptIds.random(3, 1e-9, 3).count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-0.5", "NaN"})
  void sharesThatAreNoPartAreRefused(double share) {
    assertThatThrownBy(() -> KeptIds.random(10, share, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kept share must be in (0, 1), got " + share);
  }
}
