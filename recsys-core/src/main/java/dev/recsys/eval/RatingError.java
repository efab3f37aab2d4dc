package dev.recsys.eval;

/** Collects how far predicted stars are from the stars given. */
final class RatingError {
  private int count;
  private double absolute;
  private double squared;

  void add(double predicted, double actual) {
    double error = predicted - actual;
    count++;
    absolute += Math.abs(error);
    squared += error * error;
  }

  /** Puts the sums into a user's results. */
  void into(UserResults results, int user) {
    results.set(user, Measure.RMSE, squared, count);
    results.set(user, Measure.MAE, absolute, count);
  }
}
