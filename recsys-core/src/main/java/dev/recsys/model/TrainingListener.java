package dev.recsys.model;

/**
 * Is told how training goes, in the thread that trains; slow listeners slow it down.
 *
 * <p>What it throws ends the training; checkpoints written so far are kept.
 */
public interface TrainingListener {

  /** Does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** A step was taken. */
  default void batch(Batch batch) {}

  /**
   * A pass over all training ratings has ended, been measured and been written to the checkpoint.
   */
  default void epoch(Epoch epoch) {}

  /** The ranking objective was trained, after all epochs. */
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
   * @param seconds its duration, measuring included
   * @param best whether it is the best so far, whose weights are kept
   */
  record Epoch(
      int epoch, int epochs, double loss, double validationRmse, double seconds, boolean best) {}

  /**
   * The ranking objective, trained.
   *
   * @param validationNdcg NDCG@10 over the users with a validation rating of 4 stars or more; NaN
   *     when there are none
   * @param seconds its duration, measuring included
   */
  record Ranking(double validationNdcg, double seconds) {}
}
