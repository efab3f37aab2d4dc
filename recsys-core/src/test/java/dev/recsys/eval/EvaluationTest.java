package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Split SPLIT = TinyData.twoTastes(60, 80, 4).split(0.7, 0, 0.3, 4);
  private static final Evaluator EVALUATOR = Evaluator.on(SPLIT).resamples(300, 2);
  private static final Evaluation EASE = EVALUATOR.evaluate(Baseline.EASE.fit(SPLIT, 1));
  private static final Evaluation POPULARITY =
      EVALUATOR.evaluate(Baseline.POPULARITY.fit(SPLIT, 1));

  @Test
  void intervalHoldsTheValue() {
    for (Measure measure : List.of(Measure.NDCG, Measure.RECALL, Measure.MAP, Measure.NOVELTY)) {
      Evaluation.Estimate estimate = EASE.estimate(measure);
      assertThat(estimate.value()).isEqualTo(EASE.value(measure));
      assertThat(estimate.low()).isLessThan(estimate.value());
      assertThat(estimate.high()).isGreaterThan(estimate.value());
    }
    assertThat(EASE.estimate(Measure.COVERAGE).value()).isEqualTo(EASE.coverage());
    assertThat(EASE.estimate(Measure.COVERAGE).low()).isNaN();
  }

  @Test
  void differenceOfAModelFromItselfIsNothing() {
    assertThat(EASE.minus(EASE, Measure.NDCG)).isEqualTo(new Evaluation.Estimate(0, 0, 0));
  }

  @Test
  void clearDifferenceIsOneThatOtherUsersWouldShowToo() {
    Evaluation.Estimate difference = EASE.minus(POPULARITY, Measure.NDCG);
    assertThat(difference.value()).isEqualTo(EASE.ndcg() - POPULARITY.ndcg(), within(1e-12));
    assertThat(difference.low()).isPositive();
    Evaluation.Estimate opposite = POPULARITY.minus(EASE, Measure.NDCG);
    assertThat(opposite.low()).isEqualTo(-difference.high(), within(1e-12));
  }

  @Test
  void onlyWhatOneEvaluatorMeasuredIsCompared() {
    Evaluation other = Evaluator.on(SPLIT).evaluate(Baseline.POPULARITY.fit(SPLIT, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EASE.minus(other, Measure.NDCG))
        .withMessage(
            "ndcg@10 of ease and popularity: differences are of means, measured by one evaluator");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EASE.minus(POPULARITY, Measure.COVERAGE))
        .withMessageStartingWith("coverage@10 of ease and popularity");
  }

  @Test
  void spreadOverRunsComputedByHand() {
    List<Evaluation> runs = List.of(EASE, POPULARITY, EASE);
    Evaluation.Spread spread = Evaluation.spread(runs, Measure.NDCG);
    double difference = EASE.ndcg() - POPULARITY.ndcg();
    assertThat(spread.runs()).isEqualTo(3);
    assertThat(spread.mean()).isEqualTo(EASE.ndcg() - difference / 3, within(1e-12));
    // squares 1/9, 4/9, 1/9 of the difference's, over 3 - 1
    assertThat(spread.deviation()).isEqualTo(difference / Math.sqrt(3), within(1e-12));
    assertThat(Evaluation.spread(List.of(EASE), Measure.NDCG).deviation()).isNaN();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluation.spread(List.of(), Measure.NDCG))
        .withMessage("runs must be at least 1, not 0");
  }

  @Test
  void groupsByActivityAreOrderedAndTogetherAreEverybody() {
    List<Evaluation.Group> groups = EASE.byActivity(Measure.NDCG, 4);
    assertThat(groups).hasSize(4);
    double sum = 0;
    for (int g = 0; g < 4; g++) {
      Evaluation.Group group = groups.get(g);
      assertThat(group.least()).isLessThanOrEqualTo(group.most());
      assertThat(group.least()).isGreaterThanOrEqualTo(g == 0 ? 0 : groups.get(g - 1).most());
      assertThat(group.users()).isBetween(EASE.users() / 4, EASE.users() / 4 + 1);
      sum += group.users() * group.value();
    }
    assertThat(groups.stream().mapToInt(Evaluation.Group::users).sum()).isEqualTo(EASE.users());
    assertThat(sum / EASE.users()).isEqualTo(EASE.ndcg(), within(1e-12));
  }

  @Test
  void thereAreNoMoreGroupsThanUsers() {
    assertThat(EASE.byActivity(Measure.RECALL, 1_000)).hasSize(EASE.users());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EASE.byActivity(Measure.NDCG, 0))
        .withMessage("groups must be at least 1 and the measure a mean, not 0 and ndcg@10");
  }
}
