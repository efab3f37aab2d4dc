package dev.recsys.cli;

import dev.recsys.Recommender;
import picocli.CommandLine.Option;

/** How many items a query returns. */
final class CountOption {
  @Option(
      names = {"-k", "--top"},
      defaultValue = "5",
      paramLabel = "K",
      description = "How many items (default: 5).")
  private int k = 5;

  /** Returns the number, checked before anything else is done. */
  int checked() {
    if (k < 1 || k > Recommender.MAX_RESULTS) {
      throw new IllegalArgumentException(
          "-k must be in [1, " + Recommender.MAX_RESULTS + "], got " + k);
    }
    return k;
  }
}
