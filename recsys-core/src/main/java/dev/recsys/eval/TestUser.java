package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.List;

/**
 * A user on whom a model is measured. All items compete but those that a recommender that was told
 * of them would rightly leave out.
 *
 * @param profile without an id for somebody the model was not trained on
 * @param history what the model may know: ratings it was, or could have been, trained on
 * @param tested the ratings to predict
 * @param relevant ids of the items among the tested that the user liked; sorted, may be empty
 * @param excluded ids of the items that do not compete; sorted
 */
@SuppressWarnings("ArrayRecordComponent") // read row by row, never compared
record TestUser(
    UserProfile profile,
    List<Rating> history,
    List<Rating> tested,
    long[] relevant,
    long[] excluded) {
  /** A rating of at least this many stars makes an item relevant. */
  static final float RELEVANT_STARS = 4;

  /** Returns a user whose relevant items follow from the ratings to predict. */
  static TestUser of(
      UserProfile profile, List<Rating> history, List<Rating> tested, List<Rating> excluded) {
    List<Rating> liked = tested.stream().filter(TestUser::isLiked).toList();
    return new TestUser(profile, history, tested, sortedItems(liked), sortedItems(excluded));
  }

  /** Returns whether a rating tells that the user liked the item. */
  static boolean isLiked(Rating rating) {
    return rating.stars() >= RELEVANT_STARS;
  }

  private static long[] sortedItems(List<Rating> ratings) {
    return ratings.stream().mapToLong(Rating::item).sorted().distinct().toArray();
  }

  /** Returns whether an item may be recommended to the user. */
  boolean isCandidate(long item) {
    return Arrays.binarySearch(excluded, item) < 0;
  }

  /** Returns for each rank of a ranking, best first, whether its item is relevant. */
  boolean[] hits(long[] ranking) {
    boolean[] hits = new boolean[ranking.length];
    for (int r = 0; r < ranking.length; r++) {
      hits[r] = Arrays.binarySearch(relevant, ranking[r]) >= 0;
    }
    return hits;
  }
}
