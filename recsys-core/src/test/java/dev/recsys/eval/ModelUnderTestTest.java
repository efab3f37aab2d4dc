package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.data.Dataset;
import dev.recsys.data.MovieLens;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation of a trained model, on a small sample. */
class ModelUnderTestTest {
  @TempDir private static Path directory;
  private static Split split;
  private static FusionModel model;

  @BeforeAll
  static void train() {
    Path files = MovieLens.sample().users(40).movies(30).ratings(500).write(directory.resolve("s"));
    split = MovieLens.read(files).split(0.7, 0.1, 0.2, 1);
    model = FusionTrainer.builder().epochs(1).seed(1).build().fit(split);
  }

  @Test
  void ranksAsSortingAllPredictionsDoes() {
    ModelUnderTest tested = new ModelUnderTest(model);
    UserProfile user = split.dataset().users().get(3);
    long[] sorted =
        model.items().stream()
            .map(Item::id)
            .filter(id -> id % 3 != 0)
            .sorted(Comparator.comparing((Long id) -> -innerProduct(user, id)))
            .mapToLong(id -> id)
            .limit(7)
            .toArray();
    assertThat(tested.items()).isEqualTo(30);
    assertThat(tested.ranking(user, 7, id -> id % 3 != 0)).containsExactly(sorted);
  }

  private static double innerProduct(UserProfile user, long item) {
    float[] u = model.userVector(user);
    float[] v = model.itemVector(item);
    double sum = 0;
    for (int d = 0; d < u.length; d++) {
      sum += (double) u[d] * v[d];
    }
    return sum;
  }

  @Test
  void metricsOfATrainedModelAreInRangeAndTheSameEachTime() {
    Evaluation evaluation = Evaluation.of(model, split);
    assertThat(evaluation.k()).isEqualTo(10);
    assertThat(evaluation.users()).isEqualTo(TestUser.of(split).size()).isPositive();
    assertThat(evaluation.rmse()).isBetween(evaluation.mae(), 4.0);
    assertThat(evaluation.ndcg()).isBetween(0.0, evaluation.hitRate());
    assertThat(evaluation.recall()).isBetween(0.0, evaluation.hitRate());
    assertThat(evaluation.coverage()).isBetween(10 / 30.0, 1.0);
    assertThat(Evaluation.of(model, split)).isEqualTo(evaluation);
  }

  @Test
  void dataOfAnotherSchemaIsRefused() {
    Dataset other =
        Dataset.of(
            FeatureSchema.builder("other").build(),
            List.of(),
            List.of(),
            Ratings.of(new long[0], new long[0], new float[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of(model, other.split(1, 0, 0, 1)))
        .withMessageStartingWith("the model's schema is \"ml-1m: ")
        .withMessageContaining("not the data's \"other: ");
  }
}
