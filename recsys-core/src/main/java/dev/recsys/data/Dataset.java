package dev.recsys.data;

import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Users, items and the ratings that the ones gave the others, under a schema. Immutable and safe
 * for many threads.
 */
public final class Dataset {
  private final FeatureSchema schema;
  private final List<UserProfile> users;
  private final List<Item> items;
  private final Ratings ratings;
  private final long skippedLines;

  /** Trusts that ids are unique and that ratings refer to them. */
  Dataset(
      FeatureSchema schema,
      List<UserProfile> users,
      List<Item> items,
      Ratings ratings,
      long skippedLines) {
    this.schema = schema;
    this.users = List.copyOf(users);
    this.items = List.copyOf(items);
    this.ratings = ratings;
    this.skippedLines = skippedLines;
  }

  /**
   * Returns a data set of the application's own.
   *
   * @throws IllegalArgumentException when a user has no id, an id occurs twice, or a rating refers
   *     to a user or an item that is not there
   */
  public static Dataset of(
      FeatureSchema schema, List<UserProfile> users, List<Item> items, Ratings ratings) {
    Set<Long> userIds = new HashSet<>();
    for (UserProfile user : users) {
      if (user.id().isEmpty()) {
        throw new IllegalArgumentException("users of a data set must have an id, not " + user);
      }
      requireNew(userIds, "user", user.id().getAsLong());
    }
    Set<Long> itemIds = new HashSet<>();
    items.forEach(item -> requireNew(itemIds, "item", item.id()));
    for (int i = 0; i < ratings.size(); i++) {
      requireKnown(userIds, "user", ratings.user(i), i);
      requireKnown(itemIds, "item", ratings.item(i), i);
    }
    return new Dataset(schema, users, items, ratings, 0);
  }

  private static void requireNew(Set<Long> ids, String what, long id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException(what + " id " + id + " occurs twice");
    }
  }

  private static void requireKnown(Set<Long> ids, String what, long id, int row) {
    if (!ids.contains(id)) {
      throw new IllegalArgumentException(
          "rating in row " + row + ": there is no " + what + " " + id);
    }
  }

  /** Returns the schema of users and items. */
  public FeatureSchema schema() {
    return schema;
  }

  /** Returns the users, each with an id; unmodifiable. */
  public List<UserProfile> users() {
    return users;
  }

  /** Returns the items; unmodifiable. */
  public List<Item> items() {
    return items;
  }

  /** Returns the ratings, in the order of their source. */
  public Ratings ratings() {
    return ratings;
  }

  /** Returns how many malformed lines of the source were passed over; 0 unless asked for. */
  public long skippedLines() {
    return skippedLines;
  }

  /**
   * Splits the ratings at random into three disjoint parts. The same data, fractions and seed give
   * the same parts on every JVM: rows are shuffled (Fisher and Yates, from the end) by {@link
   * java.util.Random}, whose algorithm its specification fixes; the first go to the test part, the
   * next to validation, the others to training. Within a part rows keep the order of the data.
   *
   * @param train the part to learn from, in [0, 1]; the three fractions add up to 1
   * @param validation the part to choose by, such as the epoch to stop at
   * @param test the part to measure on
   * @throws IllegalArgumentException when a fraction is not in [0, 1], or they do not add up to 1
   */
  public Split split(double train, double validation, double test, long seed) {
    Fractions fractions = Fractions.of(train, validation, test);
    return Split.of(
        this, Split.Kind.RANDOM, fractions, Parts.random(ratings, fractions, seed), seed);
  }

  /**
   * Splits the ratings of each user at random, by the same fractions, so that everybody is in every
   * part who has ratings enough: of n ratings {@code test * n} are tested, rounded. Otherwise as
   * {@link #split}.
   *
   * @throws IllegalArgumentException when a fraction is not in [0, 1], or they do not add up to 1
   */
  public Split splitPerUser(double train, double validation, double test, long seed) {
    Fractions fractions = Fractions.of(train, validation, test);
    byte[] parts = Parts.perUser(ratings, fractions, seed);
    return Split.of(this, Split.Kind.PER_USER, fractions, parts, seed);
  }

  /**
   * Leaves out the last rating of every user to test, and the one before it to validate. The last
   * is the one with the greatest time; among those of one time, and where no times are known, the
   * row that comes last. All ratings of users with fewer than three are for training. The split's
   * fractions are what the parts came to, its seed is 0.
   */
  public Split splitLeaveOneOut() {
    return Split.counted(this, Split.Kind.LEAVE_ONE_OUT, Parts.leaveOneOut(ratings), 0, 0);
  }

  /**
   * Holds users out whole: all ratings of some users, drawn at random from those who have any, are
   * the test part. The split's fractions are what the parts came to.
   *
   * @param users how many, from 0 to all
   * @param validation the fraction of the other ratings that goes to the validation part, at random
   * @throws IllegalArgumentException when there are fewer users, or the fraction is not in [0, 1]
   */
  public Split splitColdUsers(int users, double validation, long seed) {
    byte[] parts = Parts.cold(ratings, ratings::user, "users", users, validation, seed);
    return Split.counted(this, Split.Kind.COLD_USERS, parts, seed, users);
  }

  /**
   * Holds items out whole: all ratings of some items, drawn at random from those that have any, are
   * the test part. The split's fractions are what the parts came to.
   *
   * @param items how many, from 0 to all
   * @param validation the fraction of the other ratings that goes to the validation part, at random
   * @throws IllegalArgumentException when there are fewer items, or the fraction is not in [0, 1]
   */
  public Split splitColdItems(int items, double validation, long seed) {
    byte[] parts = Parts.cold(ratings, ratings::item, "items", items, validation, seed);
    return Split.counted(this, Split.Kind.COLD_ITEMS, parts, seed, items);
  }

  /**
   * Returns the first 16 hexadecimal digits of a SHA-256 over schema, users, items and ratings, in
   * their order, since a split depends on it.
   */
  public String fingerprint() {
    return Fingerprint.of(this);
  }

  @Override
  public String toString() {
    return schema.name()
        + ": %d users, %d items, %s".formatted(users.size(), items.size(), ratings);
  }
}
