package dev.recsys.data;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A data set whose ratings are cut into three disjoint parts; made by {@link Dataset#split} and its
 * siblings. Immutable and safe for many threads.
 */
public final class Split {
  /** By which rule ratings went into the parts. */
  public enum Kind {
    /** All ratings alike: {@link Dataset#split}. */
    RANDOM,
    /** The ratings of each user apart: {@link Dataset#splitPerUser}. */
    PER_USER,
    /** The last of each user: {@link Dataset#splitLeaveOneOut}. */
    LEAVE_ONE_OUT,
    /** Users held out whole: {@link Dataset#splitColdUsers}. */
    COLD_USERS,
    /** Items held out whole: {@link Dataset#splitColdItems}. */
    COLD_ITEMS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Dataset dataset;
  private final Kind kind;
  private final Fractions fractions;
  private final long seed;
  private final int heldOut;
  private final Ratings train;
  private final Ratings validation;
  private final Ratings test;

  private Split(
      Dataset dataset, Kind kind, Fractions fractions, byte[] parts, long seed, int heldOut) {
    this.dataset = dataset;
    this.kind = kind;
    this.fractions = fractions;
    this.seed = seed;
    this.heldOut = heldOut;
    this.train = part(parts, Parts.TRAIN);
    this.validation = part(parts, Parts.VALIDATION);
    this.test = part(parts, Parts.TEST);
  }

  static Split of(Dataset dataset, Kind kind, Fractions fractions, byte[] parts, long seed) {
    return new Split(dataset, kind, fractions, parts, seed, 0);
  }

  /** A split whose fractions are what its parts came to. */
  static Split counted(Dataset dataset, Kind kind, byte[] parts, long seed, int heldOut) {
    int[] counts = new int[3];
    for (byte part : parts) {
      counts[part]++;
    }
    double all = Math.max(1, parts.length);
    double validation = counts[Parts.VALIDATION] / all;
    double test = counts[Parts.TEST] / all;
    Fractions fractions = Fractions.of(1 - validation - test, validation, test);
    return new Split(dataset, kind, fractions, parts, seed, heldOut);
  }

  private Ratings part(byte[] parts, byte wanted) {
    int[] rows = IntStream.range(0, parts.length).filter(row -> parts[row] == wanted).toArray();
    return dataset.ratings().select(rows);
  }

  /** Returns what was split. */
  public Dataset dataset() {
    return dataset;
  }

  /** Returns by which rule it was split. */
  public Kind kind() {
    return kind;
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

  /** Returns the seed of everything random about it. */
  public long seed() {
    return seed;
  }

  /** Returns how many users or items were held out whole; 0 where that is not the rule. */
  public int heldOut() {
    return heldOut;
  }

  /** Returns the fraction of the ratings for training. */
  public double trainFraction() {
    return fractions.train();
  }

  /** Returns the fraction of the ratings for validation. */
  public double validationFraction() {
    return fractions.validation();
  }

  /** Returns the fraction of the ratings for testing. */
  public double testFraction() {
    return fractions.test();
  }

  @Override
  public String toString() {
    return "%s; %s, %d train, %d validation, %d test, seed %d"
        .formatted(dataset, kind, train.size(), validation.size(), test.size(), seed);
  }
}
