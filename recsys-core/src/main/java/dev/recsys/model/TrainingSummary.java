package dev.recsys.model;

import dev.recsys.data.Split;
import java.util.Objects;

/**
 * How a model was trained.
 *
 * @param epochs passes over the training ratings
 * @param bestEpoch the epoch whose weights the model has, from 1
 * @param validationRmse of the best epoch, in stars; NaN when there were no validation ratings
 * @param validationNdcg NDCG@10 of the ranking of all items, over the users with a validation
 *     rating of 4 stars or more, before the validation ratings joined the others; NaN when there
 *     were none or ranking was not trained
 * @param seconds of training, all runs of a resumed training together
 * @param seed of the training
 * @param splitKind the rule of the split
 * @param heldOut how many users or items it held out whole, 0 by other rules
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
    double validationNdcg,
    double seconds,
    long seed,
    Split.Kind splitKind,
    int heldOut,
    double trainFraction,
    double validationFraction,
    double testFraction,
    long splitSeed,
    String dataset) {
  private static final double TOLERANCE = 1e-6;

  /**
   * Checks the values against each other.
   *
   * @throws IllegalArgumentException when a training cannot have had them
   */
  public TrainingSummary {
    require(epochs >= 0, "epochs must be at least 0", epochs);
    require(bestEpoch >= 0 && bestEpoch <= epochs, "bestEpoch must be 0 to epochs", bestEpoch);
    require(
        Double.isNaN(validationRmse) || isAmount(validationRmse),
        "validationRmse must be at least 0, or NaN",
        validationRmse);
    require(
        Double.isNaN(validationNdcg) || (validationNdcg >= 0 && validationNdcg <= 1),
        "validationNdcg must be 0 to 1, or NaN",
        validationNdcg);
    Objects.requireNonNull(splitKind, "splitKind");
    require(heldOut >= 0, "heldOut must be at least 0", heldOut);
    require(isAmount(seconds), "seconds must be at least 0", seconds);
    double sum = 0;
    for (double fraction : new double[] {trainFraction, validationFraction, testFraction}) {
      require(fraction >= 0 && fraction <= 1, "fractions must be 0 to 1", fraction);
      sum += fraction;
    }
    require(Math.abs(sum - 1) <= TOLERANCE, "fractions must add up to 1", sum);
    require(!dataset.isBlank(), "dataset must be a fingerprint", dataset);
  }

  static TrainingSummary of(JsonRecord in) {
    return new TrainingSummary(
        in.int32("epochs"),
        in.int32("bestEpoch"),
        in.number("validationRmse"),
        in.number("validationNdcg"),
        in.number("seconds"),
        in.int64("seed"),
        in.oneOf("splitKind", Split.Kind.class),
        in.int32("heldOut"),
        in.number("trainFraction"),
        in.number("validationFraction"),
        in.number("testFraction"),
        in.int64("splitSeed"),
        in.text("dataset"));
  }

  private static boolean isAmount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  private static void require(boolean good, String rule, Object value) {
    if (!good) {
      throw new IllegalArgumentException(rule + ", not " + value);
    }
  }
}
