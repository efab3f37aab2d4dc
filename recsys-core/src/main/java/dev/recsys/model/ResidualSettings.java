package dev.recsys.model;

/**
 * How {@link ResidualFit} learns.
 *
 * @param dimension how many dimensions it adds to the vectors
 * @param ridge penalty of the regression, in means of the Gram matrix's diagonal
 * @param damping number of ratings at the mean that are added to each item's and user's
 */
record ResidualSettings(int dimension, double ridge, double damping) {
  /** The defaults, picked on validation parts of ml-1m. */
  static final ResidualSettings DEFAULT = new ResidualSettings(128, 4.5, 5);

  ResidualSettings {
    require(dimension >= 1, "dimension must be at least 1", dimension);
    require(ridge > 0, "ridge must be positive", ridge);
    require(damping > 0, "damping must be positive", damping);
  }

  static ResidualSettings of(JsonRecord in) {
    return new ResidualSettings(in.int32("dimension"), in.number("ridge"), in.number("damping"));
  }

  private static void require(boolean good, String rule, Object value) {
    if (!good) {
      throw new IllegalArgumentException("residual: " + rule + ", not " + value);
    }
  }
}
