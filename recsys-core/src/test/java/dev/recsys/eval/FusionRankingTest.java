package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.SampleModel;
import dev.recsys.data.Split;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.model.FusionModel;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The evaluation of a trained model, on a small sample. */
class FusionRankingTest {
  private final Split split = SampleModel.split();
  private final FusionModel model = SampleModel.model();

  @Test
  void ranksAsSortingAllInnerProductsDoes() {
    UserProfile user = split.dataset().users().get(3);
    long[] sorted =
        model.items().stream()
            .map(Item::id)
            .filter(id -> id % 3 != 0)
            .sorted(Comparator.comparing((Long id) -> -innerProduct(user, id)))
            .mapToLong(id -> id)
            .limit(7)
            .toArray();
    assertThat(RankingModel.of(model).rank(user, List.of(), 7, id -> id % 3 != 0))
        .containsExactly(sorted);
  }

  private double innerProduct(UserProfile user, long item) {
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
    assertThat(evaluation.name()).isEqualTo("model");
    assertThat(evaluation.k()).isEqualTo(10);
    assertThat(evaluation.users()).isPositive();
    assertThat(evaluation.rmse()).isBetween(evaluation.mae(), 4.0);
    assertThat(evaluation.ndcg()).isBetween(0.0, evaluation.hitRate());
    assertThat(evaluation.recall()).isBetween(0.0, evaluation.hitRate());
    assertThat(evaluation.coverage()).isBetween(10 / 120.0, 1.0);
    assertThat(evaluation.calibration().stream().mapToLong(Evaluation.Bucket::count).sum())
        .isEqualTo(split.test().size());
    Evaluation again = Evaluation.of(model, split);
    for (Measure measure : Measure.values()) {
      assertThat(again.estimate(measure)).isEqualTo(evaluation.estimate(measure));
    }
  }

  @Test
  void modelIsComparedWithABaselineOnTheSameUsers() {
    Evaluator evaluator = Evaluator.on(split);
    Evaluation tested = evaluator.evaluate(RankingModel.of(model));
    Evaluation baseline = evaluator.evaluate(Baseline.POPULARITY.fit(split, 1));
    assertThat(baseline.users()).isEqualTo(tested.users());
    assertThat(tested.minus(baseline, Measure.RECALL).value())
        .isEqualTo(tested.recall() - baseline.recall());
  }

  @Test
  void dataOfAnotherSchemaIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.of(model, TinyData.of(1, 1).split(1, 0, 0, 1)))
        .withMessageStartingWith("the model's schema is \"ml-1m: ")
        .withMessageContaining("not the data's \"tiny: ");
  }
}
