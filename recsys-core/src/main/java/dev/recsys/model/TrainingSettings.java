package dev.recsys.model;

import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what training makes of a split, and so what a checkpoint must agree on.
 *
 * @param seed of initial weights, order of rows and everything dropped
 * @param ranking how the ranking objective is trained, null for the rating objective alone
 */
record TrainingSettings(
    TowerSettings towers,
    long seed,
    Schedule schedule,
    Regularisation regularisation,
    Start start,
    @Nullable RankingSettings ranking,
    @Nullable ResidualSettings residual) {

  /**
   * Steps and their sizes.
   *
   * @param epochs largest number of passes over the training ratings
   * @param patience epochs without a better validation RMSE before training stops
   * @param batchSize ratings per step
   * @param learningRate Adam's step size at the first step
   * @param finalRate share of the step size that is left at the last step of the last epoch; it
   *     falls linearly
   */
  record Schedule(int epochs, int patience, int batchSize, double learningRate, double finalRate) {
    static Schedule of(JsonRecord in) {
      return new Schedule(
          in.int32("epochs"),
          in.int32("patience"),
          in.int32("batchSize"),
          in.number("learningRate"),
          in.number("finalRate"));
    }
  }

  /**
   * What keeps the weights from learning ratings by heart. Decay is decoupled, per step and unit of
   * step size. Decay of the id tables and the average of the weights do most; dropping components
   * of embeddings or of the towers' outputs made the validation error larger.
   *
   * @param idDecay decay of the embeddings of ids
   * @param valueDecay of the embeddings of attributes' values and of tokens
   * @param biasDecay of the biases
   * @param layerDecay of all other weights
   * @param rowDropout probability that an id or category is replaced by the reserved row 0, so that
   *     there is something to serve the unknown with
   * @param averaging decay of the running average of the weights that is served; 0 serves the
   *     weights themselves
   */
  record Regularisation(
      double idDecay,
      double valueDecay,
      double biasDecay,
      double layerDecay,
      double rowDropout,
      double averaging) {
    static Regularisation of(JsonRecord in) {
      return new Regularisation(
          in.number("idDecay"),
          in.number("valueDecay"),
          in.number("biasDecay"),
          in.number("layerDecay"),
          in.number("rowDropout"),
          in.number("averaging"));
    }
  }

  /**
   * Where scale and biases start.
   *
   * @param scale of the cosine, in the label space
   * @param biasDamping number of ratings at the mean that are added to each user's and item's
   */
  record Start(double scale, double biasDamping) {
    static Start of(JsonRecord in) {
      return new Start(in.number("scale"), in.number("biasDamping"));
    }
  }

  /** The defaults, with everything on. */
  static final TrainingSettings FUSION =
      new TrainingSettings(
          TowerSettings.FUSION,
          1,
          new Schedule(12, 2, 4096, 5e-3, 0.1),
          new Regularisation(3, 1, 0.3, 0.1, 0.04, 0.998),
          new Start(5, 10),
          RankingSettings.DEFAULT,
          ResidualSettings.DEFAULT);

  /** The article's training, nothing added. */
  static final TrainingSettings PLAIN =
      new TrainingSettings(
          TowerSettings.PLAIN,
          1,
          new Schedule(8, 2, 4096, 1e-3, 1),
          new Regularisation(0, 0, 0, 0, 0, 0),
          new Start(TowerSettings.RANGE, 0),
          null,
          null);

  static TrainingSettings of(JsonRecord in) {
    return new TrainingSettings(
        in.record("towers", TowerSettings::of),
        in.int64("seed"),
        in.record("schedule", Schedule::of),
        in.record("regularisation", Regularisation::of),
        in.record("start", Start::of),
        in.recordOrNull("ranking", RankingSettings::of),
        in.recordOrNull("residual", ResidualSettings::of));
  }

  TrainingSettings withSeed(long value) {
    return new TrainingSettings(towers, value, schedule, regularisation, start, ranking, residual);
  }

  TrainingSettings withEpochs(int value) {
    Schedule longer =
        new Schedule(
            value,
            schedule.patience,
            schedule.batchSize,
            schedule.learningRate,
            schedule.finalRate);
    return new TrainingSettings(towers, seed, longer, regularisation, start, ranking, residual);
  }

  TrainingSettings withRanking(@Nullable RankingSettings value) {
    return new TrainingSettings(towers, seed, schedule, regularisation, start, value, residual);
  }

  TrainingSettings withResidual(@Nullable ResidualSettings value) {
    return new TrainingSettings(towers, seed, schedule, regularisation, start, ranking, value);
  }

  /** Where the running average of the weights is served rather than the weights. */
  boolean averages() {
    return regularisation.averaging > 0;
  }
}
