package dev.recsys.model;

/**
 * Everything that decides what training makes of a split, and so what a checkpoint must agree on.
 *
 * @param seed of initial weights, order of rows and everything dropped
 * @param epochs largest number of passes over the training ratings
 * @param patience epochs without a better validation RMSE before training stops
 * @param batchSize ratings per step
 * @param learningRate Adam's step size at the first step
 * @param finalRate share of the step size that is left at the last step of the last epoch; it falls
 *     linearly
 * @param idDecay decoupled weight decay of the embeddings of ids, per step and unit of step size
 * @param biasDecay the same of the biases
 * @param weightDecay the same of all other weights
 * @param dropout probability that a component of an embedding is dropped
 * @param rowDropout probability that an id or category is replaced by the reserved row 0, so that
 *     there is something to serve the unknown with
 * @param averaging decay of the running average of the weights that is served; 0 serves the weights
 *     themselves
 * @param initialScale of the cosine before it is learned, in the label space
 * @param biasDamping number of ratings at the mean that are added to each user's and item's when
 *     biases are initialised
 */
record TrainingSettings(
    TowerSettings towers,
    long seed,
    int epochs,
    int patience,
    int batchSize,
    double learningRate,
    double finalRate,
    double idDecay,
    double biasDecay,
    double weightDecay,
    double dropout,
    double rowDropout,
    double averaging,
    double initialScale,
    double biasDamping) {

  /** The defaults, with everything on. */
  static final TrainingSettings FUSION =
      new TrainingSettings(
          TowerSettings.FUSION, 1, 14, 2, 4096, 5e-3, 0.1, 3, 0.3, 0, 0, 0.04, 0.998, 5, 10);

  /** The article's training, nothing added. */
  static final TrainingSettings PLAIN =
      new TrainingSettings(TowerSettings.PLAIN, 1, 8, 2, 4096, 1e-3, 1, 0, 0, 0, 0, 0, 0, 5, 0);

  TrainingSettings withSeed(long value) {
    return new TrainingSettings(
        towers,
        value,
        epochs,
        patience,
        batchSize,
        learningRate,
        finalRate,
        idDecay,
        biasDecay,
        weightDecay,
        dropout,
        rowDropout,
        averaging,
        initialScale,
        biasDamping);
  }

  TrainingSettings withEpochs(int value) {
    return new TrainingSettings(
        towers,
        seed,
        value,
        patience,
        batchSize,
        learningRate,
        finalRate,
        idDecay,
        biasDecay,
        weightDecay,
        dropout,
        rowDropout,
        averaging,
        initialScale,
        biasDamping);
  }
}
