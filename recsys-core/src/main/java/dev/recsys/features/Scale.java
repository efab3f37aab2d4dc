package dev.recsys.features;

import java.util.Arrays;

/**
 * Standardises numbers.
 *
 * @param mean what becomes 0
 * @param deviation the (population) standard deviation, positive
 */
record Scale(double mean, double deviation) {
  /**
   * Returns the scale of these numbers; they are sorted first, so that their order is no matter.
   */
  static Scale of(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(sorted).average().orElse(0);
    double variance = Arrays.stream(sorted).map(n -> (n - mean) * (n - mean)).average().orElse(0);
    return new Scale(mean, variance > 0 ? Math.sqrt(variance) : 1);
  }

  float standardised(double number) {
    return (float) ((number - mean) / deviation);
  }
}
