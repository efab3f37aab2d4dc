package dev.recsys.eval;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Small data sets. */
final class TinyData {
  private TinyData() {}

  /** Users and items by ids from 0 on; a row is user, item, stars. */
  static Dataset of(int users, int items, double[]... rows) {
    long[] userIds = new long[rows.length];
    long[] itemIds = new long[rows.length];
    float[] stars = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      userIds[i] = (long) rows[i][0];
      itemIds[i] = (long) rows[i][1];
      stars[i] = (float) rows[i][2];
    }
    return Dataset.of(
        FeatureSchema.builder("tiny").user(Attribute.categorical("town")).build(),
        LongStream.range(0, users).mapToObj(TinyData::user).toList(),
        LongStream.range(0, items).mapToObj(id -> Item.builder(id).build()).toList(),
        Ratings.of(userIds, itemIds, stars));
  }

  private static UserProfile user(long id) {
    return UserProfile.builder().id(id).set("town", "t" + id % 3).build();
  }

  /** Rows as they come: a user may rate an item twice. */
  static Dataset random(int users, int items, int rows, long seed) {
    Random random = new Random(seed);
    double[][] all = new double[rows][];
    for (int i = 0; i < rows; i++) {
      all[i] = new double[] {random.nextInt(users), random.nextInt(items), 1 + random.nextInt(5)};
    }
    return of(users, items, all);
  }

  /**
   * Two tastes: users like about half the items of their half of the catalogue and dislike some of
   * the other, each pair at most once.
   */
  static Dataset twoTastes(int users, int items, long seed) {
    Random random = new Random(seed);
    List<double[]> rows = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      for (int item = 0; item < items; item++) {
        boolean own = user % 2 == item % 2;
        if (random.nextInt(10) < (own ? 5 : 2)) {
          rows.add(new double[] {user, item, own ? 4 + random.nextInt(2) : 1 + random.nextInt(3)});
        }
      }
    }
    return of(users, items, rows.toArray(double[][]::new));
  }

  /** All rows are for training. */
  static Split training(Dataset data) {
    return data.split(1, 0, 0, 1);
  }
}
