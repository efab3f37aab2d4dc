package dev.recsys.eval;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import dev.recsys.model.FusionModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How good a model is on the test part of a split. Ratings are predicted for every test rating. For
 * the ranking metrics all items of the model compete, but those that the user rated in the training
 * and validation parts; relevant are test ratings of 4 stars or more; the mean is over the users
 * who have any. Everything is NaN when there was nothing to measure it on.
 *
 * @param rmse root of the mean squared error of the predicted ratings, in stars
 * @param mae mean absolute error of the predicted ratings, in stars
 * @param ndcg mean normalised discounted cumulative gain at k, in [0, 1]
 * @param hitRate share of users with a relevant item among the first k
 * @param recall mean share of a user's relevant items that is among the first k
 * @param coverage share of the model's items that is among the first k of any of the users
 * @param users how many users the ranking metrics are over
 * @param k how many items are recommended
 */
public record Evaluation(
    double rmse,
    double mae,
    double ndcg,
    double hitRate,
    double recall,
    double coverage,
    int users,
    int k) {
  private static final int DEFAULT_K = 10;

  /**
   * Measures a model with k = 10.
   *
   * @param split the one that the model was trained on, or its test part is not new to the model
   * @throws IllegalArgumentException when the model does not know a rated item, or its schema is
   *     not that of the data
   */
  public static Evaluation of(FusionModel model, Split split) {
    return of(model, split, DEFAULT_K);
  }

  /**
   * Measures a model.
   *
   * @param split the one that the model was trained on, or its test part is not new to the model
   * @param k how many items are recommended, at least 1
   * @throws IllegalArgumentException when k is below 1, the model does not know a rated item, or
   *     its schema is not that of the data
   */
  public static Evaluation of(FusionModel model, Split split, int k) {
    if (!model.schema().equals(split.dataset().schema())) {
      throw new IllegalArgumentException(
          "the model's schema is \"%s\", not the data's \"%s\""
              .formatted(model.schema(), split.dataset().schema()));
    }
    return of(new ModelUnderTest(model), split, k);
  }

  static Evaluation of(UnderTest model, Split split, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, not " + k);
    }
    Map<Long, UserProfile> profiles =
        split.dataset().users().stream()
            .collect(Collectors.toMap(user -> user.id().orElseThrow(), user -> user));
    RatingError error = new RatingError();
    Ratings test = split.test();
    for (int i = 0; i < test.size(); i++) {
      UserProfile user = Objects.requireNonNull(profiles.get(test.user(i)));
      error.add(model.predictStars(user, test.item(i)), test.stars(i));
    }
    return ranked(model, TestUser.of(split), profiles, error, k);
  }

  private static Evaluation ranked(
      UnderTest model,
      List<TestUser> users,
      Map<Long, UserProfile> profiles,
      RatingError error,
      int k) {
    double ndcg = 0;
    double hitRate = 0;
    double recall = 0;
    Coverage coverage = new Coverage(model.items());
    for (TestUser user : users) {
      UserProfile profile = Objects.requireNonNull(profiles.get(user.id()));
      long[] ranking = model.ranking(profile, k, user::isCandidate);
      boolean[] hits = user.hits(ranking);
      int relevant = user.relevant().length;
      ndcg += RankingMetrics.ndcg(hits, relevant, k);
      hitRate += RankingMetrics.hitRate(hits, k);
      recall += RankingMetrics.recall(hits, relevant, k);
      coverage.addAll(ranking);
    }
    int n = users.size();
    double share = n == 0 ? Double.NaN : coverage.share();
    return new Evaluation(
        error.rmse(), error.mae(), ndcg / n, hitRate / n, recall / n, share, n, k);
  }
}
