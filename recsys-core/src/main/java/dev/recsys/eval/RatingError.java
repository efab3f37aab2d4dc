package dev.recsys.eval;

/** Collects how far predicted stars are from the stars given. */
final class RatingError {
  private long count;
  private double absolute;
  private double squared;

  void add(double predicted, double actual) {
    double error = predicted - actual;
    count++;
    absolute += Math.abs(error);
    squared += error * error;
  }

  /** Returns the root of the mean squared error, in stars; NaN when nothing was added. */
  double rmse() {
    return Math.sqrt(squared / count);
  }

  /** Returns the mean absolute error, in stars; NaN when nothing was added. */
  double mae() {
    return absolute / count;
  }
}
