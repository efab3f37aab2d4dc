package dev.recsys.data;

import static java.util.Objects.requireNonNull;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A plain predictor: the mean stars of a movie, then for each group that a user belongs to how far
 * the group's stars are off that for each of the movie's genres, one group after the other.
 */
final class GenreTastes {
  private static final double SHRINKAGE = 10;

  private final Split split;
  private final Map<Long, UserProfile> users;
  private final Map<Long, Item> items;
  private final List<Keys> keys = new ArrayList<>();
  private final List<Map<Object, double[]>> layers = new ArrayList<>();

  GenreTastes(Split split, Function<UserProfile, List<Object>> groups) {
    this.split = split;
    this.users =
        split.dataset().users().stream()
            .collect(Collectors.toMap(u -> u.id().orElseThrow(), u -> u));
    this.items = split.dataset().items().stream().collect(Collectors.toMap(Item::id, i -> i));
    learn((user, item) -> List.of(item.id()));
    int count = groups.apply(split.dataset().users().get(0)).size();
    for (int g = 0; g < count; g++) {
      int group = g;
      learn((user, item) -> byGenre(groups.apply(user).get(group), item));
    }
  }

  @FunctionalInterface
  private interface Keys {
    List<?> of(UserProfile user, Item item);
  }

  private static List<?> byGenre(Object group, Item item) {
    List<?> genres = (List<?>) requireNonNull(item.get("genres"));
    return genres.stream().map(genre -> List.of(group, genre)).toList();
  }

  private void learn(Keys newKeys) {
    Map<Object, double[]> layer = new HashMap<>();
    Ratings train = split.train();
    for (int i = 0; i < train.size(); i++) {
      double residual = train.stars(i) - predict(train, i);
      for (Object key : keysOf(newKeys, train, i)) {
        double[] sum = layer.computeIfAbsent(key, k -> new double[2]);
        sum[0] += residual;
        sum[1]++;
      }
    }
    keys.add(newKeys);
    layers.add(layer);
  }

  private List<?> keysOf(Keys keys, Ratings ratings, int row) {
    return keys.of(
        requireNonNull(users.get(ratings.user(row))), requireNonNull(items.get(ratings.item(row))));
  }

  private double predict(Ratings ratings, int row) {
    double stars = 3.5;
    for (int l = 0; l < layers.size(); l++) {
      List<?> of = keysOf(keys.get(l), ratings, row);
      for (Object key : of) {
        double[] sum = layers.get(l).getOrDefault(key, new double[2]);
        stars += sum[0] / (sum[1] + SHRINKAGE) / of.size();
      }
    }
    return stars;
  }

  /** Returns the mean squared error on the test part. */
  double squaredError() {
    Ratings test = split.test();
    double squares = 0;
    for (int i = 0; i < test.size(); i++) {
      double error = test.stars(i) - predict(test, i);
      squares += error * error;
    }
    return squares / test.size();
  }
}
