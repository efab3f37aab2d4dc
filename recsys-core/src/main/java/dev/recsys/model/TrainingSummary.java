package dev.recsys.model;

/**
 * How a model was trained.
 *
 * @param epochs passes over the training ratings
 * @param bestEpoch the epoch whose weights the model has, from 1
 * @param validationRmse of the best epoch, in stars; NaN when there were no validation ratings
 * @param seconds of training, all runs of a resumed training together
 * @param seed of the training
 * @param trainFraction of the ratings that were trained on
 * @param validationFraction of the ratings that chose the epoch
 * @param testFraction of the ratings that were kept apart
 * @param splitSeed seed of the split
 * @param dataset fingerprint of the data set
 */
public record TrainingSummary(
    int epochs,
    int bestEpoch,
    double validationRmse,
    double seconds,
    long seed,
    double trainFraction,
    double validationFraction,
    double testFraction,
    long splitSeed,
    String dataset) {}
