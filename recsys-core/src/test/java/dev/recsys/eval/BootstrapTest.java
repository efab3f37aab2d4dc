package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static double mean(double[] values, byte[] times) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      sum += times[i] * values[i];
      count += times[i];
    }
    assertThat(count).isEqualTo(values.length);
    return sum / count;
  }

  private static double[] normal(int size, long seed) {
    return new Random(seed).doubles(size).map(u -> 10 + u).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Property(tries = 50)
  void intervalIsWithinTheValuesAndTheSameForTheSameSeed(
      @ForAll @IntRange(min = 1, max = 40) int users, @ForAll long seed) {
    double[] values = normal(users, seed);
    Bootstrap bootstrap = new Bootstrap(users, 200, seed);
    Evaluation.Estimate estimate = bootstrap.estimate(mean(values), times -> mean(values, times));
    assertThat(estimate.low()).isLessThanOrEqualTo(estimate.high());
    assertThat(estimate.low()).isGreaterThanOrEqualTo(10);
    assertThat(estimate.high()).isLessThanOrEqualTo(11);
    assertThat(new Bootstrap(users, 200, seed).estimate(mean(values), t -> mean(values, t)))
        .isEqualTo(estimate);
  }

  @Test
  void widthIsThatOfTheNormalApproximation() {
    double[] values = normal(400, 3);
    Evaluation.Estimate estimate =
        new Bootstrap(400, 4000, 1).estimate(mean(values), times -> mean(values, times));
    // standard deviation of a uniform variable is sqrt(1 / 12), of the mean of 400 a 20th of it
    double half = 1.96 * Math.sqrt(1 / 12.0) / 20;
    assertThat(estimate.high() - estimate.low()).isEqualTo(2 * half, within(0.1 * half));
    assertThat(estimate.low()).isLessThan(estimate.value());
    assertThat(estimate.high()).isGreaterThan(estimate.value());
  }

  @Test
  void intervalHoldsTheTruthAboutAsOftenAsItSays() {
    int held = 0;
    for (int seed = 0; seed < 300; seed++) {
      double[] values = normal(60, seed);
      Evaluation.Estimate estimate =
          new Bootstrap(60, 300, seed).estimate(mean(values), times -> mean(values, times));
      held += estimate.low() <= 10.5 && 10.5 <= estimate.high() ? 1 : 0;
    }
    // 285 of 300 are expected, with a standard deviation of 4
    assertThat(held).isBetween(265, 298);
  }

  @Test
  void drawsWithoutAValueAreLeftOut() {
    Bootstrap bootstrap = new Bootstrap(2, 50, 1);
    Evaluation.Estimate some =
        bootstrap.estimate(1, times -> times[0] == 0 ? Double.NaN : times[0]);
    assertThat(some.low()).isEqualTo(1);
    assertThat(some.high()).isEqualTo(2);
    Evaluation.Estimate none = bootstrap.estimate(1, times -> Double.NaN);
    assertThat(none).isEqualTo(new Evaluation.Estimate(1, Double.NaN, Double.NaN));
  }

  @Test
  void atLeastOneDrawIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(5, 0, 1))
        .withMessage("resamples must be at least 1, not 0");
  }
}
