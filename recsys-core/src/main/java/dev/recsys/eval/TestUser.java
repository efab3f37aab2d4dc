package dev.recsys.eval;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A user whose recommendations are measured: somebody with at least one relevant item in the test
 * part. All items compete but those that the user rated in the other parts, which a recommender
 * that was told of them would rightly leave out.
 *
 * @param id the user's id
 * @param relevant ids of the items that the user liked in the test part; sorted, not empty
 * @param excluded ids of the items that the user rated in the training and validation parts; sorted
 */
@SuppressWarnings("ArrayRecordComponent") // read row by row, never compared
record TestUser(long id, long[] relevant, long[] excluded) {
  /** A test rating of at least this many stars makes an item relevant. */
  static final float RELEVANT_STARS = 4;

  /** Returns the users to measure, by ascending id. */
  static List<TestUser> of(Split split) {
    Map<Long, LongStream.Builder> relevant = new TreeMap<>();
    collect(split.test(), RELEVANT_STARS, relevant);
    Map<Long, LongStream.Builder> excluded = new HashMap<>();
    collect(split.train(), 0, excluded);
    collect(split.validation(), 0, excluded);
    List<TestUser> users = new ArrayList<>(relevant.size());
    relevant.forEach(
        (user, items) -> {
          LongStream.Builder seen = excluded.getOrDefault(user, LongStream.builder());
          users.add(new TestUser(user, sorted(items), sorted(seen)));
        });
    return users;
  }

  private static void collect(
      Ratings ratings, float leastStars, Map<Long, LongStream.Builder> itemsByUser) {
    for (int i = 0; i < ratings.size(); i++) {
      if (ratings.stars(i) >= leastStars) {
        itemsByUser
            .computeIfAbsent(ratings.user(i), user -> LongStream.builder())
            .add(ratings.item(i));
      }
    }
  }

  private static long[] sorted(LongStream.Builder items) {
    return items.build().sorted().distinct().toArray();
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
