package dev.recsys.eval;

import dev.recsys.data.Rating;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Who is tested on what, and what a model may know of them. */
final class Protocols {
  /** So many ratings of a cold user are set aside to be given. */
  static final int POOL = 20;

  private Protocols() {}

  /**
   * Everybody with a test rating, by ascending id: history is the user's training and validation
   * ratings; those do not compete.
   */
  static List<TestUser> warm(Split split) {
    Map<Long, List<Rating>> train = byUser(split.train());
    Map<Long, List<Rating>> validation = byUser(split.validation());
    Map<Long, List<Rating>> test = byUser(split.test());
    List<TestUser> users = new ArrayList<>(test.size());
    for (UserProfile profile : byId(split)) {
      long id = profile.id().orElseThrow();
      List<Rating> tested = test.getOrDefault(id, List.of());
      if (!tested.isEmpty()) {
        List<Rating> history = new ArrayList<>(train.getOrDefault(id, List.of()));
        history.addAll(validation.getOrDefault(id, List.of()));
        users.add(TestUser.of(profile, history, tested, history));
      }
    }
    return users;
  }

  /**
   * Users who were held out whole, by ascending id, as strangers: attributes, no id. Of their
   * ratings {@value #POOL} drawn at random are set aside; the first {@code given} of them are the
   * history, none of them competes, and the others are tested. So the test is the same however many
   * are given. Who has no more than {@value #POOL} ratings is not tested.
   */
  static List<TestUser> cold(Split split, int given) {
    Map<Long, List<Rating>> test = byUser(split.test());
    List<TestUser> users = new ArrayList<>(test.size());
    for (UserProfile profile : byId(split)) {
      long id = profile.id().orElseThrow();
      List<Rating> all = test.getOrDefault(id, List.of());
      if (all.size() > POOL) {
        List<Rating> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(31 * split.seed() + id));
        List<Rating> pool = shuffled.subList(0, POOL);
        List<Rating> rest = shuffled.subList(POOL, shuffled.size());
        users.add(TestUser.of(stranger(profile), pool.subList(0, given), rest, pool));
      }
    }
    return users;
  }

  private static UserProfile stranger(UserProfile profile) {
    UserProfile.Builder stranger = UserProfile.builder();
    profile.values().forEach(stranger::set);
    return stranger.build();
  }

  private static List<UserProfile> byId(Split split) {
    return split.dataset().users().stream()
        .sorted((a, b) -> Long.compare(a.id().orElseThrow(), b.id().orElseThrow()))
        .toList();
  }

  private static Map<Long, List<Rating>> byUser(Ratings ratings) {
    Map<Long, List<Rating>> byUser = new HashMap<>();
    for (int i = 0; i < ratings.size(); i++) {
      byUser
          .computeIfAbsent(ratings.user(i), user -> new ArrayList<>())
          .add(new Rating(ratings.item(i), ratings.stars(i)));
    }
    return byUser;
  }
}
