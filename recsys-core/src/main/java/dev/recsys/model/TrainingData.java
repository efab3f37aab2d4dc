package dev.recsys.model;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A split as training takes it: rows instead of ids, labels instead of stars. */
final class TrainingData {
  /**
   * Ratings by column, with the rows of their users and items.
   *
   * @param labels 2 x stars - 5
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rows(int[] users, int[] items, float[] labels) {
    int size() {
      return labels.length;
    }
  }

  private final FeatureEncoder encoder;
  private final List<Item> items;
  private final int[][] userRows;
  private final FeatureTable userTable;
  private final FeatureTable itemTable;
  private final Rows train;
  private final Rows validation;

  TrainingData(Split split, boolean plain) {
    Dataset dataset = split.dataset();
    this.encoder = FeatureEncoder.fit(dataset.schema(), dataset.users(), dataset.items());
    this.items = dataset.items().stream().sorted(Comparator.comparingLong(Item::id)).toList();
    int slots = dataset.schema().userAttributes().size() + 1;
    this.userRows = new int[encoder.userRows()][slots];
    for (UserProfile user : dataset.users()) {
      int[] rows = encoder.encode(user);
      userRows[rows[0]] = rows;
    }
    this.userTable = FeatureTable.ofUsers(userRows, slots);
    int attributes = dataset.schema().itemAttributes().size();
    List<ItemFeatures> features = new ArrayList<>();
    features.add(new ItemFeatures(0, new int[attributes][0], new float[attributes]));
    items.forEach(item -> features.add(encoder.encode(item)));
    this.itemTable = FeatureTable.ofItems(encoder, features, plain);
    this.train = rows(split.train());
    this.validation = rows(split.validation());
  }

  private Rows rows(Ratings ratings) {
    int size = ratings.size();
    Rows rows = new Rows(new int[size], new int[size], new float[size]);
    for (int i = 0; i < size; i++) {
      rows.users[i] = encoder.userRow(ratings.user(i));
      rows.items[i] = encoder.itemRow(ratings.item(i));
      rows.labels[i] = RatingForm.label(ratings.stars(i));
    }
    return rows;
  }

  FeatureEncoder encoder() {
    return encoder;
  }

  /** The items in the order of their rows, from row 1. */
  List<Item> items() {
    return items;
  }

  /** Features of the users by row, row 0 included. */
  FeatureTable userTable() {
    return userTable;
  }

  /** Features of the items by row, row 0 included. */
  FeatureTable itemTable() {
    return itemTable;
  }

  /** Rows of the users with ids, from row 1. */
  Tensor users() {
    int slots = userRows[0].length;
    int[] rows = new int[(userRows.length - 1) * slots];
    for (int user = 1; user < userRows.length; user++) {
      System.arraycopy(userRows[user], 0, rows, (user - 1) * slots, slots);
    }
    return Tensor.of(rows, userRows.length - 1, slots);
  }

  Rows train() {
    return train;
  }

  Rows validation() {
    return validation;
  }
}
