package dev.recsys.model;

/**
 * How far a training has come.
 *
 * @param epoch last epoch that is complete, 0 before the first
 * @param steps Adam's
 * @param bestEpoch epoch of the smallest validation error; the last one without validation
 * @param bestRmse that error in stars; NaN when there is none
 * @param seconds spent, over all runs
 */
record Progress(int epoch, int steps, int bestEpoch, double bestRmse, double seconds) {
  static final Progress START = new Progress(0, 0, 0, Double.NaN, 0);

  static Progress of(JsonRecord in) {
    return new Progress(
        in.int32("epoch"),
        in.int32("steps"),
        in.int32("bestEpoch"),
        in.number("bestRmse"),
        in.number("seconds"));
  }

  boolean improvedBy(double rmse) {
    return !(rmse >= bestRmse);
  }

  boolean ended(TrainingSettings settings) {
    return epoch >= settings.schedule().epochs()
        || (epoch > 0 && epoch - bestEpoch >= settings.schedule().patience());
  }
}
