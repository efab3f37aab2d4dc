package dev.recsys.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * How predicted stars compare with the stars given, by buckets of half a star.
 *
 * <p>Source: Allan Murphy and Robert Winkler, Reliability of subjective probability forecasts of
 * precipitation and temperature, Applied Statistics 26 (1), 1977; the expected error over buckets
 * as in Mahdi Naeini et al., Obtaining well calibrated probabilities using Bayesian binning, AAAI
 * 2015.
 */
final class Calibration {
  private static final double WIDTH = 0.5;
  private static final int BUCKETS = 8;

  private final long[] counts = new long[BUCKETS];
  private final double[] predictedSums = new double[BUCKETS];
  private final double[] actualSums = new double[BUCKETS];

  /** Adds a pair; predictions beyond 1 to 5 go into the outermost buckets. */
  void add(double predicted, double actual) {
    int bucket = (int) Math.floor((predicted - 1) / WIDTH);
    bucket = Math.max(0, Math.min(BUCKETS - 1, bucket));
    counts[bucket]++;
    predictedSums[bucket] += predicted;
    actualSums[bucket] += actual;
  }

  /** Returns the buckets that are not empty, in ascending order. */
  List<Evaluation.Bucket> buckets() {
    List<Evaluation.Bucket> buckets = new ArrayList<>();
    for (int b = 0; b < BUCKETS; b++) {
      if (counts[b] > 0) {
        double from = 1 + b * WIDTH;
        double predicted = predictedSums[b] / counts[b];
        double actual = actualSums[b] / counts[b];
        buckets.add(new Evaluation.Bucket(from, from + WIDTH, counts[b], predicted, actual));
      }
    }
    return buckets;
  }

  /**
   * Returns the mean, over all predictions, of how far the mean prediction of their bucket is from
   * the mean of the stars given, in stars; NaN when there are none.
   */
  static double error(List<Evaluation.Bucket> buckets) {
    double sum = 0;
    long count = 0;
    for (Evaluation.Bucket bucket : buckets) {
      sum += bucket.count() * Math.abs(bucket.predicted() - bucket.actual());
      count += bucket.count();
    }
    return sum / count;
  }
}
