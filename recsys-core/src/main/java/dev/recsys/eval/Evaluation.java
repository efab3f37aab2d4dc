package dev.recsys.eval;

import dev.recsys.data.Split;
import dev.recsys.model.FusionModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How good a model is: its measures, with intervals, over the users of an {@link Evaluator}'s test.
 * A measure is NaN when there was nothing to measure it on. Immutable and safe for many threads.
 */
public final class Evaluation {
  /**
   * A measure and the interval that holds it with 95 % confidence (bootstrap over users, {@link
   * Evaluator#resamples}).
   *
   * @param value over all users
   * @param low lower end; NaN where there is no interval
   * @param high upper end; NaN where there is no interval
   */
  public record Estimate(double value, double low, double high) {}

  /**
   * Predictions of about the same stars, and what was given.
   *
   * @param from least prediction of the bucket, in stars
   * @param to upper end, which belongs to the next bucket
   * @param count predictions in the bucket
   * @param predicted their mean
   * @param actual mean of the stars that were given
   */
  public record Bucket(double from, double to, long count, double predicted, double actual) {}

  /**
   * Users with about as many ratings in the training data.
   *
   * @param least ratings of a user of the group
   * @param most ratings of a user of the group
   * @param users how many they are
   * @param value the measure over them
   */
  public record Group(int least, int most, int users, double value) {}

  /**
   * A measure over several runs, such as of several seeds.
   *
   * @param mean over the runs
   * @param deviation sample standard deviation; NaN of a single run
   * @param runs how many there were
   */
  public record Spread(double mean, double deviation, int runs) {}

  private final String name;
  private final int k;
  private final UserResults results;
  private final int[] activity;
  private final double coverage;
  private final List<Bucket> calibration;
  private final Bootstrap bootstrap;

  Evaluation(
      String name,
      int k,
      UserResults results,
      int[] activity,
      double coverage,
      List<Bucket> calibration,
      Bootstrap bootstrap) {
    this.name = name;
    this.k = k;
    this.results = results;
    this.activity = activity;
    this.coverage = coverage;
    this.calibration = List.copyOf(calibration);
    this.bootstrap = bootstrap;
  }

  /**
   * Measures a model with k = 10; see {@link Evaluator} for the protocol and for other settings.
   *
   * @param split the one that the model was trained on, or its test part is not new to the model
   * @throws IllegalArgumentException when the model does not know a rated item, or its schema is
   *     not that of the data
   */
  public static Evaluation of(FusionModel model, Split split) {
    if (!model.schema().equals(split.dataset().schema())) {
      throw new IllegalArgumentException(
          "the model's schema is \"%s\", not the data's \"%s\""
              .formatted(model.schema(), split.dataset().schema()));
    }
    return Evaluator.on(split).evaluate(RankingModel.of(model));
  }

  /** Returns the model's name. */
  public String name() {
    return name;
  }

  /** Returns how many items were recommended. */
  public int k() {
    return k;
  }

  /** Returns how many users the ranking measures are over: those with a relevant test item. */
  public int users() {
    return (int) IntStream.range(0, results.users()).filter(this::isRanked).count();
  }

  private boolean isRanked(int user) {
    return results.has(user, Measure.NDCG);
  }

  /** Returns a measure over all users; NaN when there was nothing to measure it on. */
  public double value(Measure measure) {
    return measure == Measure.COVERAGE ? coverage : results.value(measure, everyone());
  }

  private byte[] everyone() {
    byte[] once = new byte[results.users()];
    Arrays.fill(once, (byte) 1);
    return once;
  }

  /**
   * Returns a measure with its interval; coverage has none, since fewer distinct users recommend
   * fewer distinct items.
   */
  public Estimate estimate(Measure measure) {
    return measure == Measure.COVERAGE
        ? new Estimate(coverage, Double.NaN, Double.NaN)
        : bootstrap.estimate(value(measure), times -> results.value(measure, times));
  }

  /**
   * Returns by how much this model's measure is above another's, with the interval of the
   * difference, user by user in the same draws: 0 outside of it is a difference that other users
   * would show too.
   *
   * @throws IllegalArgumentException when the other was not measured by the same evaluator, or the
   *     measure is coverage
   */
  public Estimate minus(Evaluation other, Measure measure) {
    if (bootstrap != other.bootstrap || measure == Measure.COVERAGE) {
      throw new IllegalArgumentException(
          "%s of %s and %s: differences are of means, measured by one evaluator"
              .formatted(measure.label(k), name, other.name));
    }
    return bootstrap.estimate(
        value(measure) - other.value(measure),
        times -> results.value(measure, times) - other.results.value(measure, times));
  }

  /**
   * Returns a measure over several runs of a method, such as with several seeds.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread spread(List<Evaluation> runs, Measure measure) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs must be at least 1, not 0");
    }
    double mean = runs.stream().mapToDouble(run -> run.value(measure)).sum() / runs.size();
    double squares = runs.stream().mapToDouble(run -> Math.pow(run.value(measure) - mean, 2)).sum();
    return new Spread(mean, Math.sqrt(squares / (runs.size() - 1)), runs.size());
  }

  /** Returns the root of the mean squared error of the predicted ratings, in stars. */
  public double rmse() {
    return value(Measure.RMSE);
  }

  /** Returns the mean absolute error of the predicted ratings, in stars. */
  public double mae() {
    return value(Measure.MAE);
  }

  /** Returns the mean normalised discounted cumulative gain at k. */
  public double ndcg() {
    return value(Measure.NDCG);
  }

  /** Returns the share of users with a relevant item among the first k. */
  public double hitRate() {
    return value(Measure.HIT_RATE);
  }

  /** Returns the mean share of a user's relevant items that is among the first k. */
  public double recall() {
    return value(Measure.RECALL);
  }

  /** Returns the share of the items that is among the first k of any of the users. */
  public double coverage() {
    return coverage;
  }

  /** Returns predicted against given stars, by half stars; empty for a model that only ranks. */
  public List<Bucket> calibration() {
    return calibration;
  }

  /** Returns how far predictions are off within their buckets, in stars; NaN without any. */
  public double calibrationError() {
    return Calibration.error(calibration);
  }

  /**
   * Returns a ranking measure by the number of ratings that a user has in the training data, from
   * the least active users to the most.
   *
   * @param groups how many groups of about the same size, at least 1; fewer when users are
   * @throws IllegalArgumentException when there is to be no group, or the measure is coverage
   */
  public List<Group> byActivity(Measure measure, int groups) {
    if (groups < 1 || measure == Measure.COVERAGE) {
      throw new IllegalArgumentException(
          "groups must be at least 1 and the measure a mean, not %d and %s"
              .formatted(groups, measure.label(k)));
    }
    int[] users =
        IntStream.range(0, results.users())
            .filter(this::isRanked)
            .boxed()
            .sorted(Comparator.comparingInt(user -> activity[user]))
            .mapToInt(user -> user)
            .toArray();
    int count = Math.min(groups, users.length);
    return IntStream.range(0, count)
        .mapToObj(g -> group(measure, users, bound(users, g, count), bound(users, g + 1, count)))
        .toList();
  }

  private static int bound(int[] users, int group, int groups) {
    return (int) ((long) users.length * group / groups);
  }

  private Group group(Measure measure, int[] users, int from, int to) {
    byte[] members = new byte[results.users()];
    for (int i = from; i < to; i++) {
      members[users[i]] = 1;
    }
    return new Group(
        activity[users[from]], activity[users[to - 1]], to - from, results.value(measure, members));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name).append(':');
    for (Measure measure : Measure.values()) {
      double value = value(measure);
      if (!Double.isNaN(value)) {
        text.append(String.format(Locale.ROOT, " %s %.4f,", measure.label(k), value));
      }
    }
    return text.append(' ').append(users()).append(" users").toString();
  }
}
