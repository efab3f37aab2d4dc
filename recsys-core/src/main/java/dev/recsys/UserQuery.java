package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.filter.Filter;
import dev.recsys.model.Contribution;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * A query for the items that suit one user best. Immutable: every setting returns a new query, so
 * one can be kept and asked again, from many threads.
 */
public final class UserQuery {
  private static final long[] NOTHING = {};

  private final Recommender recommender;
  private final UserProfile profile;
  private final QuerySettings settings;

  UserQuery(Recommender recommender, UserProfile profile) {
    this(recommender, profile, QuerySettings.NONE);
  }

  private UserQuery(Recommender recommender, UserProfile profile, QuerySettings settings) {
    this.recommender = recommender;
    this.profile = profile;
    this.settings = settings;
  }

  private UserQuery with(QuerySettings other) {
    return new UserQuery(recommender, profile, other);
  }

  private UserQuery with(UnaryOperator<SearchRequest> more) {
    return with(settings.searching(more));
  }

  /**
   * Leaves out the items that the user had rated when the model was trained, those of {@link
   * #withHistory}, and those that {@link Recommender#addSeen} has noted.
   */
  public UserQuery excludeSeen() {
    return with(settings.excludingSeen());
  }

  /**
   * Lets ratings count that the user has given since, or that a new user gives: the user's vector
   * moves now, nothing is trained. A rating of an item that the user had rated before takes the
   * older one's place. The predicted stars move too, but for a plain model's.
   *
   * @param ratings in the order in which they were given, after those already here
   * @throws IllegalArgumentException if the model does not know an item, or ranks by predicted
   *     stars in the plain form, which takes no ratings
   */
  public UserQuery withHistory(Rating... ratings) {
    FusionModel model = recommender.model();
    checkArgument(
        model.takesRatings(), "this model takes no ratings when it ranks by predicted stars");
    for (Rating each : ratings) {
      checkArgument(
          model.hasItem(each.item()), "item %s is not in the model's catalogue", each.item());
    }
    List<Rating> longer = new ArrayList<>(settings.given());
    longer.addAll(List.of(ratings));
    return with(settings.with(List.copyOf(longer)));
  }

  /** Leaves out these items, besides those already left out. */
  public UserQuery excluding(long... ids) {
    return with(settings.excluding(ids));
  }

  /**
   * Sets how many candidates an approximate index keeps while it searches: more find more and take
   * longer. Exact search ignores it.
   *
   * @param candidates at least 1
   */
  public UserQuery ef(int candidates) {
    checkArgument(candidates >= 1, "ef must be at least 1, got %s", candidates);
    return with(request -> request.ef(candidates));
  }

  /**
   * Keeps only items that satisfy a filter over their attributes, instead of the one before; inside
   * the search, so that as many are found as there are. Attributes of one category and texts are
   * VARCHAR, those of several are arrays of it, numbers are DOUBLE.
   *
   * <pre>{@code
   * query.where(Filter.parse("array_contains(genres, {genre}) and year >= 1990",
   *     Map.of("genre", genre)))
   * }</pre>
   */
  public UserQuery where(Filter filter) {
    return with(request -> request.filter(filter));
  }

  /**
   * Keeps only items that satisfy a filter. What comes from outside belongs into the templates of
   * {@link Filter#parse(String, java.util.Map)}, not into this text.
   *
   * @throws dev.recsys.index.filter.FilterException if the text is not a filter
   */
  public UserQuery where(String filter) {
    return where(Filter.parse(filter));
  }

  /**
   * Passes over the best so many items: for the next page.
   *
   * @param items at least 0, at most 16,384 with those asked for
   */
  public UserQuery offset(int items) {
    return with(settings.with(settings.page().from(items)));
  }

  /**
   * Trades suitability for variety: each place goes to the item that suits best less how like it is
   * to those before it, by maximal marginal relevance; items are alike when ratings of them speak
   * for the same items. Chosen from the five times as many items that suit best, or the best 50;
   * pages of one length, by {@link #offset}, neither repeat nor miss an item.
   *
   * @param share of variety: 0, as unless set, for none, up to 1, where nothing but the first item
   *     is chosen by how it suits; 0.3 is a good deal
   */
  public UserQuery diversify(double share) {
    return with(settings.with(settings.page().diversified(share)));
  }

  /**
   * Tells of each item why it is recommended: {@link Recommendation#contributions} then says what
   * everybody's taste, each attribute and each rating of the user adds to the score. Exact; takes
   * about a microsecond for each rating and item.
   *
   * @throws IllegalArgumentException if the model ranks by predicted stars, whose tower is no sum
   */
  public UserQuery explain() {
    checkArgument(
        recommender.model().objective() == Objective.RANKING,
        "a model that ranks by predicted stars does not explain");
    return with(settings.explaining());
  }

  /** Keeps only items whose {@link Recommendation#score} is greater than this. */
  public UserQuery scoresAbove(double score) {
    boolean byStars = recommender.model().objective() == Objective.RATING;
    double least = byStars ? score / FusionModel.score(1) : score;
    checkArgument(Double.isFinite(least), "the score must be finite, got %s", score);
    return with(request -> request.radius((float) least));
  }

  /**
   * Answers in time, whatever the store does. If the store fails, or has not answered when the time
   * is over, the answer comes from memory: of the 2,000 items that were rated most, those that suit
   * the user best; {@link Recommendation#fallback} tells. All else that was asked for holds there
   * as well. What would be refused is refused still.
   *
   * <p>The store is asked by another thread, which takes some ten microseconds; without a deadline
   * it is the caller's own. The first answer from memory prepares it, which takes some ten
   * milliseconds.
   *
   * @param time more than none
   */
  public UserQuery deadline(Duration time) {
    checkArgument(
        !time.isZero() && !time.isNegative(), "the deadline must be more than 0, got %s", time);
    return with(settings.within(time));
  }

  /**
   * Returns the best items, best first, or as {@link #diversify} orders them; fewer than asked if
   * the catalogue has no more.
   *
   * @param k in [1, 16,384]
   * @throws IllegalArgumentException if the profile has an attribute that the model's schema does
   *     not know, or a value outside an attribute's closed set
   * @throws dev.recsys.index.filter.FilterException if a filter does not fit the items' attributes
   */
  public List<Recommendation> topK(int k) {
    return recommender.observed(RequestObserver.Kind.USER, () -> answer(k));
  }

  private List<Recommendation> answer(int k) {
    Duration deadline = settings.deadline();
    return deadline == null
        ? recommender.answer(serving -> topK(serving, k, false))
        : recommender.answerWithin(
            deadline, serving -> topK(serving, k, false), serving -> topK(serving, k, true));
  }

  /**
   * Returns what {@link #topK} does, found by a thread of the executor; what that would throw is
   * what the future fails with. A request whose answer would come too late is given up by {@link
   * CompletableFuture#orTimeout}.
   */
  public CompletableFuture<List<Recommendation>> topKAsync(int k, Executor executor) {
    return CompletableFuture.supplyAsync(() -> topK(k), executor);
  }

  private List<Recommendation> topK(Serving serving, int k, boolean fallback) {
    FusionModel model = serving.model();
    float[] vector = recommender.scratch(model.dimension());
    model.userVector(profile, settings.given(), vector);
    long[] without = settings.unseen() ? withSeen(model) : settings.without();
    Page page = settings.page();
    List<Hit> hits =
        page.varies()
            ? page.of(serving, k, (count, from) -> search(serving, vector, count, without, from))
            : search(serving, vector, k, without, page.offset());
    boolean byStars = model.objective() == Objective.RATING;
    double[] stars = serving.stars(profile, settings.given(), hits);
    List<Recommendation> result = new ArrayList<>(hits.size());
    for (int i = 0; i < stars.length; i++) {
      Hit hit = hits.get(i);
      double score = byStars ? FusionModel.score(hit.score()) : hit.score();
      String title = serving.item(hit.id()).title();
      result.add(
          new Recommendation(hit.id(), title, score, stars[i], why(serving, hit.id()), fallback));
    }
    return Collections.unmodifiableList(result);
  }

  private List<Hit> search(Serving serving, float[] vector, int k, long[] without, int from) {
    SearchRequest request = settings.applyTo(Serving.nearest(vector, k, without), from);
    return serving.items().search(recommender.observed(request));
  }

  private List<Contribution> why(Serving serving, long item) {
    return settings.explained() ? serving.explain(profile, settings.given(), item) : List.of();
  }

  private long[] withSeen(FusionModel model) {
    OptionalLong id = profile.id();
    long[] before = id.isPresent() ? model.history(id.getAsLong()) : NOTHING;
    long[] since = id.isPresent() ? recommender.seen(id.getAsLong()) : NOTHING;
    long[] rated = settings.given().stream().mapToLong(Rating::item).toArray();
    return Longs.concat(settings.without(), before, since, rated);
  }
}
