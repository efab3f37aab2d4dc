package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import dev.recsys.features.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The towers in DJL against their definition in plain Java. */
class TowerTest {
  private static final double CLOSE = 1e-5;

  private final TrainingData data = new TrainingData(SmallData.split(), false);
  private final FeatureEncoder encoder = data.encoder();

  private static TowerSettings settings(boolean plain) {
    return plain ? SmallData.plainSettings().towers() : SmallData.TOWERS;
  }

  /** Weights of which none is zero, so that nothing left out goes unnoticed. */
  private Map<String, Tensor> weights(TowerSettings settings) {
    Random random = new Random(8);
    Map<String, Tensor> weights = new TreeMap<>();
    Architecture.block(encoder, settings)
        .specs()
        .forEach(
            (name, spec) -> {
              float[] values = new float[spec.rows() * spec.columns()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.5 * random.nextGaussian());
              }
              weights.put(name, Tensor.of(values, spec.rows(), spec.columns()));
            });
    return weights;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void userTowerFollowsItsDefinition(boolean plain) {
    TowerSettings settings = settings(plain);
    Map<String, Tensor> weights = weights(settings);
    ReferenceTowers reference = new ReferenceTowers(encoder, settings, weights);
    try (FrozenTower tower = new FrozenTower(Architecture.users(encoder, settings), weights)) {
      FrozenTower.Output output = tower.forward(data.userTable());
      int[] users = data.users().ints();
      for (int user = 0; user < SmallData.USERS; user++) {
        int[] rows = {users[user * 3], users[user * 3 + 1], users[user * 3 + 2]};
        check(output, user + 1, reference.user(rows), settings);
      }
      check(output, 0, reference.user(new int[3]), settings);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itemTowerFollowsItsDefinition(boolean plain) {
    TowerSettings settings = settings(plain);
    Map<String, Tensor> weights = weights(settings);
    ReferenceTowers reference = new ReferenceTowers(encoder, settings, weights);
    List<ItemFeatures> items = new ArrayList<>();
    data.items().forEach(item -> items.add(encoder.encode(item)));
    items.add(encoder.encode(Item.builder(999).build()));
    items.add(
        encoder.encode(
            Item.builder(1000).set("title", "unheard words of the river").set("year", 1).build()));
    FeatureTable table = FeatureTable.ofItems(encoder, items, plain);
    try (FrozenTower tower = new FrozenTower(Architecture.items(encoder, settings), weights)) {
      FrozenTower.Output output = tower.forward(table);
      for (int i = 0; i < items.size(); i++) {
        check(output, i, reference.item(items.get(i)), settings);
      }
    }
  }

  private static void check(
      FrozenTower.Output output, int place, ReferenceTowers.Output expected, TowerSettings form) {
    int dimension = form.dimension();
    for (int i = 0; i < dimension; i++) {
      assertThat((double) output.units()[place * dimension + i])
          .isCloseTo(expected.unit()[i], within(CLOSE));
    }
    if (form.plain()) {
      assertThat(output.biases()).isEmpty();
    } else {
      assertThat((double) output.biases()[place]).isCloseTo(expected.bias(), within(CLOSE));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void itemsInPlainJavaHaveTheVectorsOfTheBlock(boolean plain) {
    TowerSettings settings = settings(plain);
    Map<String, Tensor> weights = weights(settings);
    ItemTower tower = new ItemTower(encoder, settings, weights);
    List<ItemFeatures> items = new ArrayList<>();
    data.items().forEach(item -> items.add(encoder.encode(item)));
    items.add(encoder.encode(Item.builder(999).build()));
    float[] expected =
        new Folding(encoder, settings, weights)
            .itemVectors(FeatureTable.ofItems(encoder, items, plain));
    int dimension = settings.servedDimension();
    for (int i = 0; i < items.size(); i++) {
      assertThat(tower.vector(items.get(i)))
          .containsExactly(
              Arrays.copyOfRange(expected, i * dimension, (i + 1) * dimension),
              within((float) CLOSE));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void foldedUsersAndItemsGiveTheScoreOfTheBlock(boolean plain) {
    TowerSettings settings = settings(plain);
    Map<String, Tensor> weights = weights(settings);
    ReferenceTowers reference = new ReferenceTowers(encoder, settings, weights);
    ServingForm serving =
        new Folding(encoder, settings, weights).fold(data.itemTable(), data.users());
    double scale = plain ? 5 : Tensor.get(weights, "score.scale").floats()[0];
    double mean = plain ? 0 : Tensor.get(weights, "score.mean").floats()[0];
    for (int row = 1; row <= SmallData.ITEMS; row++) {
      ReferenceTowers.Output user = reference.user(encoder.encode(SmallData.user(row)));
      ReferenceTowers.Output item = reference.item(encoder.encode(data.items().get(row - 1)));
      double cosine = 0;
      for (int i = 0; i < settings.dimension(); i++) {
        cosine += user.unit()[i] * item.unit()[i];
      }
      double expected = scale * cosine + user.bias() + item.bias() + mean;
      double inner = serving.innerProduct(serving.userVector(SmallData.user(row), List.of()), row);
      assertThat(FusionModel.score(inner)).isCloseTo(expected, within(CLOSE));
    }
  }
}
