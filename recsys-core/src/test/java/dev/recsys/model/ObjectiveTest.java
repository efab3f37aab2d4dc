package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Rating;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two objectives in one model. */
class ObjectiveTest {
  private static final FusionModel BOTH = SmallData.rankingModel();
  private static final FusionModel STARS = BOTH.rankingBy(Objective.RATING);

  @TempDir Path directory;

  private List<Path> files(String start) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith(start)).toList();
    }
  }

  @Test
  void aModelTrainedForBothRanksUnlessAskedForStars() {
    assertThat(BOTH.objective()).isEqualTo(Objective.RANKING);
    assertThat(BOTH.objectives()).containsExactly(Objective.RANKING, Objective.RATING);
    assertThat(STARS.objective()).isEqualTo(Objective.RATING);
    assertThat(STARS.rankingBy(Objective.RANKING).fingerprint()).isEqualTo(BOTH.fingerprint());
    assertThat(BOTH.rankingBy(Objective.RANKING)).isSameAs(BOTH);
    assertThat(STARS.fingerprint()).isNotEqualTo(BOTH.fingerprint());
    assertThat(BOTH.dimension()).isEqualTo(16);
    assertThat(STARS.dimension()).isEqualTo(10 + 6);
  }

  @Test
  void starsAreTheFusionModelsInEitherCase() {
    for (int user = 1; user <= SmallData.USERS; user++) {
      UserProfile profile = UserProfile.ofId(user);
      double[] stars = BOTH.predictStars(profile, List.of(), List.of(BOTH.item(3), BOTH.item(8)));
      assertThat(stars)
          .containsExactly(STARS.predictStars(profile, 3), STARS.predictStars(profile, 8));
      double inner = Vectors.dot(STARS.userVector(profile), STARS.itemVector(3));
      assertThat(Math.abs(stars[0] - FusionModel.stars(FusionModel.score(inner)))).isLessThan(1e-5);
    }
  }

  @Test
  void ratingsMoveRankingAndStars() {
    UserProfile user = SmallData.user(5);
    List<Rating> given = List.of(Rating.of(4, 5));
    assertThat(BOTH.userVector(user, given)).isNotEqualTo(BOTH.userVector(user));
    assertThat(STARS.userVector(user, given)).isNotEqualTo(STARS.userVector(user));
    assertThat(STARS.userVector(user, List.of())).isEqualTo(STARS.userVector(user));
    List<Item> item = List.of(BOTH.item(8));
    assertThat(BOTH.predictStars(user, given, item))
        .isNotEqualTo(BOTH.predictStars(user, List.of(), item))
        .isEqualTo(STARS.predictStars(user, given, item));
  }

  @Test
  void withoutTheRegressionStarsTakeNoRatings() {
    FusionModel model = SmallData.model();
    UserProfile user = SmallData.user(5);
    List<Rating> given = List.of(Rating.of(4, 5));
    assertThat(model.takesRatings()).isFalse();
    assertThat(STARS.takesRatings()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.userVector(user, given))
        .withMessage("this model takes no ratings when it ranks by predicted stars; it got 1");
    List<Item> item = List.of(model.item(8));
    assertThat(model.predictStars(user, given, item))
        .isEqualTo(model.predictStars(user, List.of(), item));
  }

  @Test
  void aNewItemsStarsAreThoseOfItsAttributes() {
    UserProfile user = SmallData.user(5);
    Item fresh = SmallData.withId(4711, SmallData.item(8));
    for (FusionModel model : List.of(BOTH, SmallData.model())) {
      double stars = model.predictStars(user, List.of(), List.of(fresh))[0];
      assertThat(stars).isBetween(1.0, 5.0).isNotEqualTo(model.predictStars(user, 8));
      double inner =
          Vectors.dot(
              model.rankingBy(Objective.RATING).userVector(user),
              model.rankingBy(Objective.RATING).encode(List.of(fresh)).get(0));
      assertThat(stars)
          .isCloseTo(FusionModel.stars(FusionModel.score(inner)), within(1e-6))
          .isEqualTo(model.predictStars(user, List.of(), List.of(fresh))[0]);
    }
  }

  @Test
  void itemsOfTheTrainingDataEncodedAgainHaveTheirVectorsOfStars() {
    List<float[]> encoded = STARS.encode(BOTH.items());
    for (int i = 0; i < encoded.size(); i++) {
      assertThat(encoded.get(i))
          .containsExactly(STARS.itemVector(BOTH.items().get(i).id()), within(1e-5f));
    }
  }

  @Test
  void aModelTrainedForStarsAloneDoesNotRank() {
    assertThat(SmallData.model().objective()).isEqualTo(Objective.RATING);
    assertThat(SmallData.model().objectives()).containsExactly(Objective.RATING);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallData.model().rankingBy(Objective.RANKING))
        .withMessage("the model was trained for the rating objective alone, not for ranking");
    assertThat(SmallData.model().training().validationNdcg()).isNaN();
    assertThat(BOTH.training().validationNdcg()).isBetween(0.2, 1.0);
  }

  @Test
  void eachObjectiveEncodesItemsAsItsOwnVectors() {
    List<float[]> ranked = BOTH.encode(BOTH.items());
    for (int i = 0; i < ranked.size(); i++) {
      assertThat(ranked.get(i)).isEqualTo(BOTH.itemVector(BOTH.items().get(i).id()));
    }
    assertThat(STARS.encode(BOTH.items())).hasSize(SmallData.ITEMS);
    assertThat(STARS.encode(BOTH.items()).get(0)).hasSize(STARS.dimension());
  }

  @Test
  void thePlainFormHasNoRankingObjective() {
    FusionTrainer.Builder builder =
        FusionTrainer.builder().plain(true).objective(Objective.RANKING);
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("plain(true)")
        .withMessageContaining("objective(RANKING)");
    assertThat(FusionTrainer.builder().plain(true).objective(Objective.RATING).build()).isNotNull();
  }

  @Test
  void theRatingObjectiveTrainsNothingElse() {
    FusionModel model =
        SmallData.trainer()
            .change(settings -> settings.withRanking(SmallData.ranking()))
            .objective(Objective.RATING)
            .epochs(1)
            .build()
            .fit(SmallData.split());
    assertThat(model.objectives()).containsExactly(Objective.RATING);
  }

  @Test
  void theListenerIsToldOfTheRankingOnce() {
    List<TrainingListener.Ranking> told = new ArrayList<>();
    FusionModel model =
        SmallData.trainer()
            .change(settings -> settings.withRanking(SmallData.ranking()))
            .epochs(1)
            .listener(
                new TrainingListener() {
                  @Override
                  public void ranking(Ranking ranking) {
                    told.add(ranking);
                  }
                })
            .build()
            .fit(SmallData.dataset().split(0.9, 0, 0.1, 1));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).validationNdcg()).isNaN();
    assertThat(told.get(0).seconds()).isPositive().isLessThan(model.training().seconds());
    assertThat(model.objective()).isEqualTo(Objective.RANKING);
  }

  @Test
  void eitherViewSavesTheWholeModel() {
    STARS.save(directory);
    FusionModel loaded = FusionModel.load(directory);
    assertThat(loaded.fingerprint()).isEqualTo(BOTH.fingerprint());
    assertThat(loaded.rankingBy(Objective.RATING).fingerprint()).isEqualTo(STARS.fingerprint());
    assertThat(loaded.training()).isEqualTo(BOTH.training());
    List<Rating> given = List.of(Rating.of(4, 5), Rating.of(9, 2.5));
    for (int user = 0; user <= SmallData.USERS + 1; user++) {
      assertThat(loaded.userVector(UserProfile.ofId(user), given))
          .isEqualTo(BOTH.userVector(UserProfile.ofId(user), given));
    }
    for (Item item : BOTH.items()) {
      assertThat(loaded.itemVector(item.id())).isEqualTo(BOTH.itemVector(item.id()));
      assertThat(loaded.similarityVector(item.id())).isEqualTo(BOTH.similarityVector(item.id()));
    }
  }

  @Test
  void aModelForStarsAloneLeavesNoRankingOfTheOneItReplaces() throws IOException {
    BOTH.save(directory);
    assertThat(files("ranking")).hasSize(1);
    SmallData.model().save(directory);
    assertThat(files("ranking")).isEmpty();
    assertThat(FusionModel.load(directory).objective()).isEqualTo(Objective.RATING);
  }

  @Test
  void aRankingFileThatIsMissingDamagedOrAnothersIsNamed() throws IOException {
    BOTH.save(directory);
    Path ranking = files("ranking").get(0);
    byte[] bytes = Files.readAllBytes(ranking);
    bytes[bytes.length / 2] ^= 1;
    Files.write(ranking, bytes);
    assertThatThrownBy(() -> FusionModel.load(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(ranking.toString())
        .hasMessageContaining("CRC-32C");
    Files.delete(ranking);
    assertThatThrownBy(() -> FusionModel.load(directory))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(ranking.toString())
        .hasMessageContaining("no such file");
  }
}
