package dev.recsys.eval;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by resampling users: as many users are drawn, with replacement, as there are, many
 * times over; the middle 95 % of what the measure came to is the interval. All measures and models
 * share the draws, so that differences between models are paired. Immutable and safe for many
 * threads.
 *
 * <p>Source: Bradley Efron and Robert Tibshirani, An Introduction to the Bootstrap, 1993, chapter
 * 13 (percentile intervals).
 */
final class Bootstrap {
  private static final double TAIL = 0.025;

  private final byte[][] draws;

  /**
   * Draws.
   *
   * @param resamples how often, at least 1
   */
  Bootstrap(int users, int resamples, long seed) {
    if (resamples < 1) {
      throw new IllegalArgumentException("resamples must be at least 1, not " + resamples);
    }
    Random random = new Random(seed);
    draws = new byte[resamples][users];
    for (byte[] draw : draws) {
      for (int i = 0; i < users; i++) {
        draw[random.nextInt(users)]++;
      }
    }
  }

  /**
   * Returns the value, with the interval of the statistic, which is told how often each user is.
   */
  Evaluation.Estimate estimate(double value, ToDoubleFunction<byte[]> statistic) {
    double[] values =
        Arrays.stream(draws)
            .mapToDouble(statistic)
            .filter(drawn -> !Double.isNaN(drawn))
            .sorted()
            .toArray();
    return values.length == 0
        ? new Evaluation.Estimate(value, Double.NaN, Double.NaN)
        : new Evaluation.Estimate(value, quantile(values, TAIL), quantile(values, 1 - TAIL));
  }

  /** Linear between neighbours. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
