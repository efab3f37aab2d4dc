package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.data.Split;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures models on the test part of a split, all by the same protocol, so that they can be
 * compared.
 *
 * <p>Every item of the data competes for every user (full ranking; Walid Krichene and Steffen
 * Rendle, On sampled metrics for item recommendation, KDD 2020), but those that the user rated in
 * the training and validation parts. Relevant are test ratings of 4 stars or more; ranking measures
 * are over the users who have any. Stars are predicted for every test rating. Users are measured in
 * parallel; results do not depend on it. Immutable and safe for many threads.
 */
public final class Evaluator {
  private static final int DEFAULT_K = 10;
  private static final int DEFAULT_RESAMPLES = 1_000;
  private static final long DEFAULT_SEED = 1;

  private final List<TestUser> users;
  private final Raters raters;
  private final int catalogue;
  private final int k;
  private final Bootstrap bootstrap;

  private Evaluator(
      List<TestUser> users, Raters raters, int catalogue, int k, Bootstrap bootstrap) {
    this.users = users;
    this.raters = raters;
    this.catalogue = catalogue;
    this.k = k;
    this.bootstrap = bootstrap;
  }

  /**
   * Returns an evaluator for models that were trained on the split's training part, and at most
   * chosen by its validation part. It tests everybody who has a test rating; on a split by {@link
   * dev.recsys.data.Dataset#splitColdItems} the relevant items are items that were not trained on.
   */
  public static Evaluator on(Split split) {
    return of(Protocols.warm(split), split);
  }

  /**
   * Returns an evaluator of what a model recommends to users it was not trained on. Of every user
   * who was held out, 20 ratings drawn at random are set aside; the model is told the user's
   * attributes and the first {@code given} of the 20; the user's other ratings are tested. So the
   * test is the same however many are given. Who has no more than 20 ratings is not tested.
   *
   * @param split by {@link dev.recsys.data.Dataset#splitColdUsers}
   * @param given how many ratings a model is told, from 0 to 20
   * @throws IllegalArgumentException when the split is by another rule, or it is not in [0, 20]
   */
  public static Evaluator onColdUsers(Split split, int given) {
    if (split.kind() != Split.Kind.COLD_USERS || given < 0 || given > Protocols.POOL) {
      throw new IllegalArgumentException(
          "a cold-users split and 0 to %d ratings given are needed, not %s and %d"
              .formatted(Protocols.POOL, split.kind(), given));
    }
    return of(Protocols.cold(split, given), split);
  }

  private static Evaluator of(List<TestUser> users, Split split) {
    Bootstrap bootstrap = new Bootstrap(users.size(), DEFAULT_RESAMPLES, DEFAULT_SEED);
    int catalogue = Math.max(1, split.dataset().items().size());
    return new Evaluator(users, new Raters(split.train()), catalogue, DEFAULT_K, bootstrap);
  }

  /**
   * Returns an evaluator that looks at the first k items; 10 unless set.
   *
   * @throws IllegalArgumentException when k is below 1
   */
  public Evaluator k(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    return new Evaluator(users, raters, catalogue, k, bootstrap);
  }

  /**
   * Returns an evaluator that draws users so often for its intervals; 1,000 times with seed 1
   * unless set.
   *
   * @throws IllegalArgumentException when it is below 1
   */
  public Evaluator resamples(int resamples, long seed) {
    Bootstrap other = new Bootstrap(users.size(), resamples, seed);
    return new Evaluator(users, raters, catalogue, k, other);
  }

  /**
   * Measures a model.
   *
   * @throws IllegalArgumentException when the model refuses a user or an item of the data
   */
  public Evaluation evaluate(RankingModel model) {
    UserResults results = new UserResults(users.size());
    double[][] predicted = new double[users.size()][];
    long[][] rankings = new long[users.size()][];
    IntStream.range(0, users.size())
        .parallel()
        .forEach(
            u -> {
              predicted[u] = predict(model, users.get(u));
              errors(predicted[u], users.get(u)).into(results, u);
              rankings[u] = ranked(model, users.get(u), results, u);
            });
    return new Evaluation(
        model.name(),
        k,
        results,
        users.stream().mapToInt(user -> user.history().size()).toArray(),
        coverage(rankings),
        calibration(predicted).buckets(),
        bootstrap);
  }

  private static double[] predict(RankingModel model, TestUser user) {
    return user.tested().stream()
        .mapToDouble(r -> model.predictStars(user.profile(), user.history(), r.item()))
        .toArray();
  }

  private static RatingError errors(double[] predicted, TestUser user) {
    RatingError error = new RatingError();
    for (int i = 0; i < predicted.length; i++) {
      if (!Double.isNaN(predicted[i])) {
        error.add(predicted[i], user.tested().get(i).stars());
      }
    }
    return error;
  }

  private long[] ranked(RankingModel model, TestUser user, UserResults results, int row) {
    int relevant = user.relevant().length;
    if (relevant == 0) {
      return new long[0];
    }
    long[] ranking = model.rank(user.profile(), user.history(), k, user::isCandidate);
    boolean[] hits = user.hits(ranking);
    results.set(row, Measure.NDCG, RankingMetrics.ndcg(hits, relevant, k), 1);
    results.set(row, Measure.HIT_RATE, RankingMetrics.hitRate(hits, k), 1);
    double recall = RankingMetrics.recall(hits, relevant, k);
    results.set(row, Measure.RECALL, recall, 1);
    results.set(row, Measure.REACH, recall * relevant, relevant);
    results.set(row, Measure.PRECISION, RankingMetrics.precision(hits, k), 1);
    results.set(row, Measure.MRR, RankingMetrics.reciprocalRank(hits, k), 1);
    results.set(row, Measure.MAP, RankingMetrics.averagePrecision(hits, relevant, k), 1);
    results.set(row, Measure.NOVELTY, raters.novelty(ranking), 1);
    results.set(row, Measure.DIVERSITY, raters.diversity(ranking), 1);
    return ranking;
  }

  private double coverage(long[][] rankings) {
    Coverage coverage = new Coverage(catalogue);
    for (long[] ranking : rankings) {
      coverage.addAll(ranking);
    }
    boolean nobody = users.stream().allMatch(user -> user.relevant().length == 0);
    return nobody ? Double.NaN : coverage.share();
  }

  private Calibration calibration(double[][] predicted) {
    Calibration calibration = new Calibration();
    for (int u = 0; u < predicted.length; u++) {
      List<Rating> tested = users.get(u).tested();
      for (int i = 0; i < predicted[u].length; i++) {
        if (!Double.isNaN(predicted[u][i])) {
          calibration.add(predicted[u][i], tested.get(i).stars());
        }
      }
    }
    return calibration;
  }
}
