package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import dev.recsys.features.UserProfile;
import dev.recsys.index.Hit;
import dev.recsys.model.FusionModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A query for the items that suit one user best. Immutable: every setting returns a new query, so
 * one can be kept and asked again, from many threads.
 */
public final class UserQuery {
  private static final long[] NONE = {};

  private final Recommender recommender;
  private final UserProfile profile;
  private final long[] excluded;
  private final int ef;

  UserQuery(Recommender recommender, UserProfile profile) {
    this(recommender, profile, NONE, 0);
  }

  private UserQuery(Recommender recommender, UserProfile profile, long[] excluded, int ef) {
    this.recommender = recommender;
    this.profile = profile;
    this.excluded = excluded;
    this.ef = ef;
  }

  /** Leaves out the items that the user had rated when the model was trained. */
  public UserQuery excludeSeen() {
    OptionalLong id = profile.id();
    return id.isEmpty() ? this : excluding(recommender.model().history(id.getAsLong()));
  }

  /** Leaves out these items, besides those already left out. */
  public UserQuery excluding(long... ids) {
    return new UserQuery(recommender, profile, Longs.concat(excluded, ids), ef);
  }

  /**
   * Sets how many candidates an approximate index keeps while it searches: more find more and take
   * longer. Exact search ignores it.
   *
   * @param candidates at least 1
   */
  public UserQuery ef(int candidates) {
    checkArgument(candidates >= 1, "ef must be at least 1, got %s", candidates);
    return new UserQuery(recommender, profile, excluded, candidates);
  }

  /**
   * Returns the best items, best first; fewer than asked if the catalogue has no more.
   *
   * @param k in [1, 16,384]
   * @throws IllegalArgumentException if the profile has an attribute that the model's schema does
   *     not know, or a value outside an attribute's closed set
   */
  public List<Recommendation> topK(int k) {
    FusionModel model = recommender.model();
    List<Hit> hits = recommender.search(model.userVector(profile), k, ef, excluded);
    List<Recommendation> result = new ArrayList<>(hits.size());
    for (Hit hit : hits) {
      double score = FusionModel.score(hit.score());
      String title = model.item(hit.id()).title();
      result.add(new Recommendation(hit.id(), title, score, FusionModel.stars(score)));
    }
    return List.copyOf(result);
  }
}
