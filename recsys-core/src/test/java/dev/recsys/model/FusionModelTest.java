package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FusionModelTest {
  private static final FusionModel MODEL = SmallData.model();

  @Test
  void servedVectorsHaveTheFormThatMakesTheInnerProductThePrediction() {
    float[] user = MODEL.userVector(SmallData.user(3));
    float[] item = MODEL.itemVector(5);
    assertThat(MODEL.dimension()).isEqualTo(10);
    assertThat(user).hasSize(10);
    assertThat(item).hasSize(10);
    assertThat(user[8]).isEqualTo(1);
    assertThat(item[9]).isEqualTo(1);
    double inner = 0;
    for (int i = 0; i < 10; i++) {
      inner += user[i] * item[i];
    }
    assertThat(MODEL.predictStars(SmallData.user(3), 5))
        .isCloseTo(FusionModel.stars(FusionModel.score(inner)), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"-3, 1", "-1, 2", "1, 3", "3, 4", "5, 5", "6.5, 5", "-7, 1", "0.5, 2.75"})
  void starsInvertTheLabelAndStayOnTheScale(double score, double stars) {
    assertThat(FusionModel.stars(score)).isEqualTo(stars);
  }

  @Test
  void scoreIsFiveInnerProducts() {
    assertThat(FusionModel.score(0.5)).isEqualTo(2.5);
  }

  @Test
  void aKnownUserHasTheAttributesOfTheTrainingDataUnlessGiven() {
    assertThat(MODEL.userVector(UserProfile.ofId(7)))
        .isEqualTo(MODEL.userVector(SmallData.user(7)));
    UserProfile moved = UserProfile.builder().id(7).set("city", "city 4").build();
    UserProfile all = UserProfile.builder().id(7).set("city", "city 4").set("side", "R").build();
    assertThat(MODEL.userVector(moved))
        .isEqualTo(MODEL.userVector(all))
        .isNotEqualTo(MODEL.userVector(UserProfile.ofId(7)));
  }

  @Test
  void anUnknownUserIsServedFromAttributesNeverThroughAnotherUsersId() {
    UserProfile described = UserProfile.builder().set("side", "L").set("city", "city 2").build();
    UserProfile unknown =
        UserProfile.builder().id(12345).set("side", "L").set("city", "city 2").build();
    assertThat(MODEL.userVector(unknown)).isEqualTo(MODEL.userVector(described));
    for (int user = 1; user < SmallData.USERS; user++) {
      UserProfile known =
          UserProfile.builder().id(user).set("side", "L").set("city", "city 2").build();
      assertThat(MODEL.userVector(known)).isNotEqualTo(MODEL.userVector(described));
    }
  }

  @Test
  void idsWithoutATrainingRatingAreServedAsUnknown() {
    UserProfile unrated = SmallData.user(SmallData.USERS);
    UserProfile described = UserProfile.builder().set("side", "L").set("city", "city 0").build();
    assertThat(MODEL.userVector(unrated)).isEqualTo(MODEL.userVector(described));
    Item twin = SmallData.withId(777, SmallData.item(SmallData.ITEMS));
    assertThat(MODEL.encode(List.of(twin)).get(0))
        .containsExactly(MODEL.itemVector(SmallData.ITEMS), within(1e-6f));
  }

  @Test
  void theUnknownRowsAreTrained() {
    TrainingData data = new TrainingData(SmallData.split(), false);
    Training training =
        new Training(data, SmallData.settings(), TrainingListener.NONE, null, null, Device.cpu());
    var weights = training.run();
    for (String name : List.of("user.embedding", "item.embedding", "user.side.embedding")) {
      float[] values = Tensor.get(weights, name).floats();
      assertThat(values[0]).as(name).isNotZero();
    }
  }

  @Test
  void aProfileOutsideTheSchemaIsRefused() {
    UserProfile profile = UserProfile.builder().set("side", "up").build();
    assertThatThrownBy(() -> MODEL.userVector(profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("side")
        .hasMessageContaining("up");
  }

  @Test
  void anUnknownItemIsRefusedByItsId() {
    assertThat(MODEL.hasItem(SmallData.ITEMS)).isTrue();
    assertThat(MODEL.hasItem(4711)).isFalse();
    assertThatThrownBy(() -> MODEL.itemVector(4711))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item 4711 is not one of the model's 40 items");
    assertThatThrownBy(() -> MODEL.item(4711)).hasMessageContaining("4711");
    assertThatThrownBy(() -> MODEL.predictStars(SmallData.user(1), 4711))
        .hasMessageContaining("4711");
  }

  @Test
  void encodingTheCatalogueGivesItsVectors() {
    List<float[]> encoded = MODEL.encode(MODEL.items());
    assertThat(encoded).hasSize(SmallData.ITEMS);
    for (int i = 0; i < encoded.size(); i++) {
      assertThat(encoded.get(i))
          .containsExactly(MODEL.itemVector(MODEL.items().get(i).id()), within(1e-6f));
    }
    assertThat(MODEL.encode(List.of())).isEmpty();
  }

  @Test
  void vectorsHandedOutAreTheCallersOwn() {
    MODEL.itemVector(3)[0] = 99;
    MODEL.userVector(SmallData.user(3))[0] = 99;
    assertThat(MODEL.itemVector(3)[0]).isNotEqualTo(99);
    assertThat(MODEL.userVector(SmallData.user(3))[0]).isNotEqualTo(99);
  }

  @Test
  void historyHasTrainingAndValidationItemsSortedButNoTestItems() {
    Split split = SmallData.split();
    for (int user = 1; user <= SmallData.USERS; user++) {
      TreeSet<Long> expected = new TreeSet<>();
      for (Ratings part : List.of(split.train(), split.validation())) {
        for (int i = 0; i < part.size(); i++) {
          if (part.user(i) == user) {
            expected.add(part.item(i));
          }
        }
      }
      assertThat(MODEL.history(user)).containsExactly(expected.toArray(Long[]::new));
    }
    assertThat(MODEL.history(4711)).isEmpty();
  }

  @Test
  void itemsAreThoseOfTheDataInTheOrderOfTheirIds() {
    assertThat(MODEL.items())
        .hasSize(SmallData.ITEMS)
        .isSortedAccordingTo(Comparator.comparingLong(Item::id));
    assertThat(MODEL.item(9)).isEqualTo(SmallData.item(9));
    assertThat(MODEL.schema()).isEqualTo(SmallData.SCHEMA);
  }

  @Test
  void summaryTellsHowItWasTrained() {
    TrainingSummary summary = MODEL.training();
    assertThat(summary.epochs()).isEqualTo(3);
    assertThat(summary.bestEpoch()).isBetween(1, 3);
    assertThat(summary.validationRmse()).isBetween(0.1, 1.5);
    assertThat(summary.seconds()).isPositive();
    assertThat(summary.seed()).isEqualTo(3);
    assertThat(summary.trainFraction()).isEqualTo(0.8);
    assertThat(summary.splitSeed()).isEqualTo(5);
    assertThat(summary.dataset()).isEqualTo(SmallData.dataset().fingerprint());
  }
}
