package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  /** Ranks items by ascending id and predicts the same stars for all. */
  private record ById(int items, double stars) implements UnderTest {
    @Override
    public double predictStars(UserProfile user, long item) {
      return stars;
    }

    @Override
    public long[] ranking(UserProfile user, int k, LongPredicate accept) {
      return LongStream.range(0, items).filter(accept).limit(k).toArray();
    }
  }

  private static final Dataset DATA =
      Dataset.of(
          FeatureSchema.builder("test").build(),
          LongStream.range(0, 3).mapToObj(UserProfile::ofId).toList(),
          LongStream.range(0, 8).mapToObj(id -> Item.builder(id).build()).toList(),
          Ratings.of(new long[] {0, 0, 1, 2}, new long[] {1, 5, 0, 3}, new float[] {5, 4, 4, 2}));

  private static final Split ALL_TEST = DATA.split(0, 0, 1, 1);

  @Test
  void computedByHand() {
    Evaluation evaluation = Evaluation.of(new ById(8, 3), ALL_TEST, 2);
    // errors 2, 1, 1, 1
    assertThat(evaluation.rmse()).isEqualTo(Math.sqrt(7 / 4.0), within(1e-12));
    assertThat(evaluation.mae()).isEqualTo(5 / 4.0, within(1e-12));
    // user 0 likes 1 and 5 and sees 0, 1; user 1 likes 0 and sees 0, 1; user 2 likes nothing
    assertThat(evaluation.users()).isEqualTo(2);
    assertThat(evaluation.k()).isEqualTo(2);
    assertThat(evaluation.hitRate()).isEqualTo(1);
    assertThat(evaluation.recall()).isEqualTo((0.5 + 1) / 2);
    assertThat(evaluation.ndcg()).isEqualTo((0.630930 / 1.630930 + 1) / 2, within(1e-6));
    assertThat(evaluation.coverage()).isEqualTo(2 / 8.0);
  }

  @Test
  void itemsRatedOutsideTheTestPartDoNotCompete() {
    for (int seed = 0; seed < 20; seed++) {
      Split split = DATA.split(0.25, 0.25, 0.5, seed);
      for (TestUser user : TestUser.of(split)) {
        long[] ranking = new ById(8, 3).ranking(UserProfile.ofId(0), 8, user::isCandidate);
        assertThat(ranking).hasSize(8 - user.excluded().length).contains(user.relevant());
      }
      Evaluation evaluation = Evaluation.of(new ById(8, 3), split, 8);
      assertThat(evaluation.recall())
          .satisfiesAnyOf(
              recall -> assertThat(recall).isEqualTo(1), recall -> assertThat(recall).isNaN());
    }
  }

  @Test
  void nothingToMeasureOnIsNotANumber() {
    Evaluation evaluation = Evaluation.of(new ById(8, 3), DATA.split(1, 0, 0, 1), 10);
    assertThat(evaluation.users()).isZero();
    assertThat(
            List.of(
                evaluation.rmse(),
                evaluation.mae(),
                evaluation.ndcg(),
                evaluation.hitRate(),
                evaluation.recall(),
                evaluation.coverage()))
        .allMatch(metric -> Double.isNaN(metric));
  }

  @Test
  void kMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of(new ById(8, 3), ALL_TEST, 0))
        .withMessage("k must be at least 1, not 0");
  }
}
