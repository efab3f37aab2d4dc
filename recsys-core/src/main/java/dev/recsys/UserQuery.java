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
import java.util.ArrayList;
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
  private static final long[] NONE = {};

  private final Recommender recommender;
  private final UserProfile profile;
  private final long[] excluded;
  private final List<Rating> given;
  private final boolean unseen;
  private final boolean explained;
  private final Page page;
  private final UnaryOperator<SearchRequest> search;

  UserQuery(Recommender recommender, UserProfile profile) {
    this(recommender, profile, NONE, List.of(), false, false, Page.FIRST, UnaryOperator.identity());
  }

  private UserQuery(
      Recommender recommender,
      UserProfile profile,
      long[] excluded,
      List<Rating> given,
      boolean unseen,
      boolean explained,
      Page page,
      UnaryOperator<SearchRequest> search) {
    this.recommender = recommender;
    this.profile = profile;
    this.excluded = excluded;
    this.given = given;
    this.unseen = unseen;
    this.explained = explained;
    this.page = page;
    this.search = search;
  }

  private UserQuery with(UnaryOperator<SearchRequest> more) {
    return with(page, request -> more.apply(search.apply(request)));
  }

  private UserQuery with(Page other, UnaryOperator<SearchRequest> searched) {
    return new UserQuery(recommender, profile, excluded, given, unseen, explained, other, searched);
  }

  /**
   * Leaves out the items that the user had rated when the model was trained, those of {@link
   * #withHistory}, and those that {@link Recommender#addSeen} has noted.
   */
  public UserQuery excludeSeen() {
    return new UserQuery(recommender, profile, excluded, given, true, explained, page, search);
  }

  /**
   * Lets ratings count that the user has given since, or that a new user gives: the user's vector
   * moves now, nothing is trained. A rating of an item that the user had rated before takes the
   * older one's place. The predicted stars stay as they are.
   *
   * @param ratings in the order in which they were given, after those already here
   * @throws IllegalArgumentException if the model does not know an item, or ranks by predicted
   *     stars, which take no ratings
   */
  public UserQuery withHistory(Rating... ratings) {
    FusionModel model = recommender.model();
    checkArgument(
        model.objective() == Objective.RANKING,
        "a model that ranks by predicted stars takes no ratings");
    for (Rating each : ratings) {
      checkArgument(
          model.hasItem(each.item()), "item %s is not in the model's catalogue", each.item());
    }
    List<Rating> longer = new ArrayList<>(given);
    longer.addAll(List.of(ratings));
    return new UserQuery(
        recommender, profile, excluded, List.copyOf(longer), unseen, explained, page, search);
  }

  /** Leaves out these items, besides those already left out. */
  public UserQuery excluding(long... ids) {
    return new UserQuery(
        recommender, profile, Longs.concat(excluded, ids), given, unseen, explained, page, search);
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
    return with(page.from(items), search);
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
    return with(page.diversified(share), search);
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
    return new UserQuery(recommender, profile, excluded, given, unseen, true, page, search);
  }

  /** Keeps only items whose {@link Recommendation#score} is greater than this. */
  public UserQuery scoresAbove(double score) {
    boolean byStars = recommender.model().objective() == Objective.RATING;
    double least = byStars ? score / FusionModel.score(1) : score;
    checkArgument(Double.isFinite(least), "the score must be finite, got %s", score);
    return with(request -> request.radius((float) least));
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
    return recommender.answer(serving -> topK(serving, k));
  }

  /**
   * Returns what {@link #topK} does, found by a thread of the executor; what that would throw is
   * what the future fails with. A request whose answer would come too late is given up by {@link
   * CompletableFuture#orTimeout}.
   */
  public CompletableFuture<List<Recommendation>> topKAsync(int k, Executor executor) {
    return CompletableFuture.supplyAsync(() -> topK(k), executor);
  }

  private List<Recommendation> topK(Serving serving, int k) {
    FusionModel model = serving.model();
    float[] vector = model.userVector(profile, given);
    long[] without = unseen ? withSeen(model) : excluded;
    List<Hit> hits =
        page.of(model, k, (count, from) -> serving.search(vector, count, at(from), without));
    boolean byStars = model.objective() == Objective.RATING;
    double[] stars = model.predictStars(profile, ids(hits));
    List<Recommendation> result = new ArrayList<>(hits.size());
    for (int i = 0; i < stars.length; i++) {
      Hit hit = hits.get(i);
      double score = byStars ? FusionModel.score(hit.score()) : hit.score();
      String title = model.item(hit.id()).title();
      result.add(new Recommendation(hit.id(), title, score, stars[i], why(model, hit.id())));
    }
    return List.copyOf(result);
  }

  private List<Contribution> why(FusionModel model, long item) {
    return explained ? model.explain(profile, given, item) : List.of();
  }

  private UnaryOperator<SearchRequest> at(int from) {
    return from == 0 ? search : request -> search.apply(request).offset(from);
  }

  private long[] withSeen(FusionModel model) {
    OptionalLong id = profile.id();
    long[] before = id.isPresent() ? model.history(id.getAsLong()) : NONE;
    long[] since = id.isPresent() ? recommender.seen(id.getAsLong()) : NONE;
    long[] rated = given.stream().mapToLong(Rating::item).toArray();
    return Longs.concat(excluded, before, since, rated);
  }

  private static long[] ids(List<Hit> hits) {
    long[] ids = new long[hits.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = hits.get(i).id();
    }
    return ids;
  }
}
