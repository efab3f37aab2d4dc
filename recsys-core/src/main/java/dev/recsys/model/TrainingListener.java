package dev.recsys.model;

/**
 * Is told how training goes, in the thread that trains; slow listeners slow it down.
 *
 * <p>What it throws ends the training; checkpoints written so far are kept.
 */
public interface TrainingListener {

  /** Does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** Returns a listener that tells both. */
  default TrainingListener and(TrainingListener other) {
    TrainingListener first = this;
    return new TrainingListener() {
      @Override
      public void batch(Batch batch) {
        first.batch(batch);
        other.batch(batch);
      }

      @Override
      public void epoch(Epoch epoch) {
        first.epoch(epoch);
        other.epoch(epoch);
      }

      @Override
      public void rating(Rating rating) {
        first.rating(rating);
        other.rating(rating);
      }

      @Override
      public void ranking(Ranking ranking) {
        first.ranking(ranking);
        other.ranking(ranking);
      }
    };
  }

  /** A step was taken. */
  default void batch(Batch batch) {}

  /**
   * A pass over all training ratings has ended, been measured and been written to the checkpoint.
   */
  default void epoch(Epoch epoch) {}

  /** What ratings tell beyond the towers was learned, after all epochs. */
  default void rating(Rating rating) {}

  /** The ranking objective was trained, after that. */
  default void ranking(Ranking ranking) {}

  /**
   * State after a step.
   *
   * @param epoch number of the epoch, from 1
   * @param epochs largest number of epochs
   * @param rows ratings seen in this epoch
   * @param totalRows ratings in an epoch
   * @param loss mean squared error over the rows seen, in the label space
   * @param rowsPerSecond speed in this epoch
   */
  record Batch(int epoch, int epochs, int rows, int totalRows, double loss, double rowsPerSecond) {}

  /**
   * An epoch that has ended.
   *
   * @param epoch its number, from 1
   * @param epochs largest number of epochs
   * @param loss mean squared error over its training ratings, in the label space
   * @param validationRmse root mean squared error in stars over the validation ratings; NaN when
   *     there are none
   * @param validationNdcg NDCG@10 of ranking by predicted stars, over the users with a validation
   *     rating of 4 stars or more; NaN when there are none, or {@link
   *     FusionTrainer.Builder#measureRanking} has not asked for it
   * @param seconds its duration, measuring included
   * @param best whether it is the best so far, whose weights are kept
   */
  record Epoch(
      int epoch,
      int epochs,
      double loss,
      double validationRmse,
      double validationNdcg,
      double seconds,
      boolean best) {}

  /**
   * The predicted stars, with what users' ratings tell.
   *
   * @param validationRmse root mean squared error in stars over the validation ratings; NaN when
   *     there are none
   * @param seconds its duration, measuring included
   */
  record Rating(double validationRmse, double seconds) {}

  /**
   * The ranking objective, trained.
   *
   * @param validationNdcg NDCG@10 over the users with a validation rating of 4 stars or more; NaN
   *     when there are none
   * @param seconds its duration, measuring included
   */
  record Ranking(double validationNdcg, double seconds) {}
}
