package dev.recsys.model;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Generated data with every kind of attribute, and a model small enough to be trained in a test.
 */
final class SmallData {
  static final int USERS = 60;
  static final int ITEMS = 40;

  static final FeatureSchema SCHEMA =
      FeatureSchema.builder("songs")
          .user(Attribute.categorical("side", Map.of("L", "left", "R", "right")))
          .user(Attribute.categorical("city"))
          .item(Attribute.multiValued("styles"))
          .item(Attribute.text("title", 6))
          .item(Attribute.categorical("label"))
          .item(Attribute.numeric("year"))
          .build();

  static final TowerSettings TOWERS = new TowerSettings(false, 8, 12, 4, 5, 6, 7);

  private static final List<String> WORDS = List.of("blue", "moon", "over", "the", "old", "river");

  private SmallData() {}

  static UserProfile user(int id) {
    return UserProfile.builder()
        .id(id)
        .set("side", id % 2 == 0 ? "L" : "R")
        .set("city", "city " + id % 5)
        .build();
  }

  static Item item(int id) {
    List<String> words = new ArrayList<>(WORDS.subList(id % 4, id % 4 + id % 3));
    words.add("no" + id);
    return Item.builder(id)
        .set("title", String.join(" ", words))
        .set("styles", id % 2 == 0 ? List.of("folk") : List.of("rock", "live"))
        .set("label", "label " + id % 3)
        .set("year", 1960 + id)
        .build();
  }

  /** Even users like even items, odd users odd ones; the user without ratings is the last. */
  static Dataset dataset() {
    Random random = new Random(11);
    List<UserProfile> users = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    for (int i = 1; i <= USERS; i++) {
      users.add(user(i));
    }
    for (int i = 1; i <= ITEMS; i++) {
      items.add(item(i));
    }
    int size = 1500;
    long[] userIds = new long[size];
    long[] itemIds = new long[size];
    float[] stars = new float[size];
    for (int i = 0; i < size; i++) {
      userIds[i] = 1L + random.nextInt(USERS - 1);
      itemIds[i] = 1L + random.nextInt(ITEMS - 1);
      boolean likes = userIds[i] % 2 == itemIds[i] % 2;
      stars[i] = (likes ? 4 : 2) + random.nextInt(2);
    }
    return Dataset.of(SCHEMA, users, items, Ratings.of(userIds, itemIds, stars));
  }

  /** An item with the attributes of another one. */
  static Item withId(long id, Item twin) {
    Item.Builder item = Item.builder(id);
    twin.values().forEach(item::set);
    return item.build();
  }

  /** What every item is, in the order of the rows. */
  static List<FeatureEncoder.ItemFeatures> content(TrainingData data) {
    return data.items().stream().map(data.encoder()::encode).toList();
  }

  static Split split() {
    return dataset().split(0.8, 0.1, 0.1, 5);
  }

  static TrainingSettings settings() {
    return new TrainingSettings(
        TOWERS,
        3,
        new TrainingSettings.Schedule(3, 3, 128, 2e-2, 0.5),
        new TrainingSettings.Regularisation(0.5, 0.2, 0.1, 0.01, 0.05, 0.9),
        new TrainingSettings.Start(3, 5),
        null,
        null);
  }

  static TrainingSettings plainSettings() {
    return new TrainingSettings(
        new TowerSettings(true, 8, 12, 4, 5, 6, 7),
        3,
        new TrainingSettings.Schedule(2, 2, 128, 1e-2, 1),
        new TrainingSettings.Regularisation(0, 0, 0, 0, 0, 0),
        new TrainingSettings.Start(5, 0),
        null,
        null);
  }

  /** Towers that nobody trained, which know the users' attributes all the same. */
  static ServingForm untrained(TrainingData data) {
    return new Folding(
            data.encoder(), TOWERS, Architecture.block(data.encoder(), TOWERS).initialWeights(4))
        .fold(data.itemTable(), data.users());
  }

  /** A trainer of the small model. */
  static FusionTrainer.Builder trainer() {
    return FusionTrainer.builder().change(settings -> settings());
  }

  /** The one trained model that tests share. */
  static FusionModel model() {
    return Trained.MODEL;
  }

  /** The same data, trained for both objectives; shared too. */
  static FusionModel rankingModel() {
    return TrainedToRank.MODEL;
  }

  static final ResidualSettings RESIDUAL = new ResidualSettings(6, 1, 5);

  static RankingSettings ranking() {
    return new RankingSettings(16, List.of(0.1, 0.2, 0.5, 1.0, 1.25), 1, 0.5, 0.25, 0.1, 0.1, 10);
  }

  private static final class Trained {
    static final FusionModel MODEL = trainer().build().fit(split());
  }

  private static final class TrainedToRank {
    static final FusionModel MODEL =
        trainer()
            .change(
                settings -> settings.withEpochs(1).withRanking(ranking()).withResidual(RESIDUAL))
            .build()
            .fit(split());
  }
}
