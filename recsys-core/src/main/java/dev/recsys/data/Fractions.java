package dev.recsys.data;

import java.util.Arrays;

/** The shares of the three parts of a split, in [0, 1], which add up to 1. */
record Fractions(double train, double validation, double test) {
  /** A caller may compute one fraction from the others: 1 - 0.93 - 0.07 is a little below 0. */
  private static final double TOLERANCE = 1e-9;

  /**
   * Checks and returns them.
   *
   * @throws IllegalArgumentException when one is not in [0, 1], or they do not add up to 1
   */
  static Fractions of(double train, double validation, double test) {
    double[] all = {train, validation, test};
    boolean inRange = Arrays.stream(all).allMatch(f -> f >= -TOLERANCE);
    if (!inRange || !(Math.abs(Arrays.stream(all).sum() - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "fractions of train, validation and test must be in [0, 1] and add up to 1, not "
              + Arrays.toString(all));
    }
    return new Fractions(clamped(train), clamped(validation), clamped(test));
  }

  private static double clamped(double fraction) {
    return Math.max(0, Math.min(1, fraction));
  }
}
