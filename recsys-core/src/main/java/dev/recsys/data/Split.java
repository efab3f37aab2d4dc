package dev.recsys.data;

import java.util.Arrays;
import java.util.Random;

/**
 * A data set whose ratings are cut into three disjoint parts; made by {@link Dataset#split}.
 * Immutable and safe for many threads.
 */
public final class Split {
  /** A caller may compute one fraction from the others: 1 - 0.93 - 0.07 is a little below 0. */
  private static final double TOLERANCE = 1e-9;

  private final Dataset dataset;
  private final double[] fractions;
  private final long seed;
  private final Ratings train;
  private final Ratings validation;
  private final Ratings test;

  private Split(Dataset dataset, double[] fractions, long seed) {
    this.dataset = dataset;
    this.fractions = fractions;
    this.seed = seed;
    int[] rows = shuffled(dataset.ratings().size(), seed);
    int testEnd = (int) Math.round(rows.length * fractions[2]);
    long untilTrain = Math.round(rows.length * (fractions[2] + fractions[1]));
    int validationEnd = (int) Math.min(untilTrain, rows.length);
    this.test = part(rows, 0, testEnd);
    this.validation = part(rows, testEnd, validationEnd);
    this.train = part(rows, validationEnd, rows.length);
  }

  static Split of(Dataset dataset, double[] fractions, long seed) {
    boolean inRange = Arrays.stream(fractions).allMatch(f -> f >= -TOLERANCE);
    if (!inRange || !(Math.abs(Arrays.stream(fractions).sum() - 1) <= TOLERANCE)) {
      throw new IllegalArgumentException(
          "fractions of train, validation and test must be in [0, 1] and add up to 1, not "
              + Arrays.toString(fractions));
    }
    double[] exact = Arrays.stream(fractions).map(f -> Math.max(0, Math.min(1, f))).toArray();
    return new Split(dataset, exact, seed);
  }

  private static int[] shuffled(int size, long seed) {
    int[] rows = new int[size];
    Arrays.setAll(rows, i -> i);
    Random random = new Random(seed);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = rows[i];
      rows[i] = rows[j];
      rows[j] = swapped;
    }
    return rows;
  }

  private Ratings part(int[] rows, int from, int to) {
    int[] part = Arrays.copyOfRange(rows, from, to);
    Arrays.sort(part);
    return dataset.ratings().select(part);
  }

  /** Returns what was split. */
  public Dataset dataset() {
    return dataset;
  }

  /** Returns the ratings to learn from. */
  public Ratings train() {
    return train;
  }

  /** Returns the ratings to choose by, such as the epoch to stop at; may be empty. */
  public Ratings validation() {
    return validation;
  }

  /** Returns the ratings to measure on; may be empty. */
  public Ratings test() {
    return test;
  }

  /** Returns the seed of the shuffle. */
  public long seed() {
    return seed;
  }

  /** Returns the fraction asked for training. */
  public double trainFraction() {
    return fractions[0];
  }

  /** Returns the fraction asked for validation. */
  public double validationFraction() {
    return fractions[1];
  }

  /** Returns the fraction asked for testing. */
  public double testFraction() {
    return fractions[2];
  }

  @Override
  public String toString() {
    return "%s; %d train, %d validation, %d test, seed %d"
        .formatted(dataset, train.size(), validation.size(), test.size(), seed);
  }
}
