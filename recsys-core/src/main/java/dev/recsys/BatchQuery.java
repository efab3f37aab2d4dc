package dev.recsys;

import dev.recsys.features.UserProfile;
import dev.recsys.index.filter.Filter;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The same query for several users, answered in parallel. Immutable. */
public final class BatchQuery {
  private final Recommender recommender;
  private final List<UserProfile> profiles;
  private final UnaryOperator<UserQuery> settings;

  BatchQuery(Recommender recommender, List<UserProfile> profiles) {
    this(recommender, profiles, UnaryOperator.identity());
  }

  private BatchQuery(
      Recommender recommender, List<UserProfile> profiles, UnaryOperator<UserQuery> settings) {
    this.recommender = recommender;
    this.profiles = profiles;
    this.settings = settings;
  }

  /** Leaves out what each user has seen, as {@link UserQuery#excludeSeen} does. */
  public BatchQuery excludeSeen() {
    return with(UserQuery::excludeSeen);
  }

  /** Leaves out these items for every user. */
  public BatchQuery excluding(long... ids) {
    long[] copy = ids.clone();
    return with(query -> query.excluding(copy));
  }

  /** Keeps only items that satisfy a filter, as {@link UserQuery#where(Filter)} does. */
  public BatchQuery where(Filter filter) {
    return with(query -> query.where(filter));
  }

  /**
   * Keeps only items that satisfy a filter.
   *
   * @throws dev.recsys.index.filter.FilterException if the text is not a filter
   */
  public BatchQuery where(String filter) {
    return where(Filter.parse(filter));
  }

  /**
   * Trades suitability for variety, as {@link UserQuery#diversify} does.
   *
   * @param share of variety, in [0, 1]
   */
  public BatchQuery diversify(double share) {
    Page.FIRST.diversified(share); // refuses a bad share at once
    return with(query -> query.diversify(share));
  }

  /** Tells of each item why it is recommended, as {@link UserQuery#explain} does. */
  public BatchQuery explain() {
    return with(UserQuery::explain);
  }

  /** Answers for each user in time, as {@link UserQuery#deadline} does. */
  public BatchQuery deadline(Duration time) {
    return with(query -> query.deadline(time));
  }

  /**
   * Returns each user's best items, in the order of the profiles, best first.
   *
   * @param k in [1, 16,384]
   */
  public List<List<Recommendation>> topK(int k) {
    return profiles.parallelStream()
        .map(profile -> settings.apply(recommender.forUser(profile)).topK(k))
        .toList();
  }

  private BatchQuery with(UnaryOperator<UserQuery> setting) {
    return new BatchQuery(recommender, profiles, query -> setting.apply(settings.apply(query)));
  }
}
