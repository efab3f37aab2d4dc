package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Dataset;
import dev.recsys.data.Rating;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  /** Ranks items by ascending id and predicts the same stars for all. */
  record ById(int items, double stars) implements RankingModel {
    @Override
    public String name() {
      return "by id";
    }

    @Override
    public double predictStars(UserProfile user, List<Rating> history, long item) {
      return stars;
    }

    @Override
    public long[] rank(UserProfile user, List<Rating> history, int k, LongPredicate candidate) {
      return LongStream.range(0, items).filter(candidate).limit(k).toArray();
    }
  }

  private static final Dataset DATA =
      TinyData.of(
          3,
          8,
          new double[] {0, 1, 5},
          new double[] {0, 5, 4},
          new double[] {1, 0, 4},
          new double[] {2, 3, 2});

  private static final Split ALL_TEST = DATA.split(0, 0, 1, 1);

  @Test
  void computedByHand() {
    Evaluation evaluation = Evaluator.on(ALL_TEST).k(2).evaluate(new ById(8, 3));
    // errors 2, 1, 1, 1
    assertThat(evaluation.rmse()).isEqualTo(Math.sqrt(7 / 4.0), within(1e-12));
    assertThat(evaluation.mae()).isEqualTo(5 / 4.0, within(1e-12));
    // user 0 likes 1 and 5 and sees 0, 1; user 1 likes 0 and sees 0, 1; user 2 likes nothing
    assertThat(evaluation.users()).isEqualTo(2);
    assertThat(evaluation.k()).isEqualTo(2);
    assertThat(evaluation.hitRate()).isEqualTo(1);
    assertThat(evaluation.recall()).isEqualTo((0.5 + 1) / 2);
    assertThat(evaluation.value(Measure.REACH)).isEqualTo(2 / 3.0);
    assertThat(evaluation.ndcg()).isEqualTo((0.630930 / 1.630930 + 1) / 2, within(1e-6));
    assertThat(evaluation.value(Measure.PRECISION)).isEqualTo(0.5);
    assertThat(evaluation.value(Measure.MRR)).isEqualTo((0.5 + 1) / 2);
    assertThat(evaluation.value(Measure.MAP)).isEqualTo((0.5 / 2 + 1) / 2);
    assertThat(evaluation.coverage()).isEqualTo(2 / 8.0);
    // nobody rated anything in the training part
    assertThat(evaluation.value(Measure.NOVELTY)).isZero();
    assertThat(evaluation.value(Measure.DIVERSITY)).isEqualTo(1);
    assertThat(evaluation.calibration()).hasSize(1);
    assertThat(evaluation.calibrationError()).isEqualTo(0.75);
  }

  @Test
  void itemsRatedOutsideTheTestPartDoNotCompete() {
    for (int seed = 0; seed < 20; seed++) {
      Split split = DATA.split(0.25, 0.25, 0.5, seed);
      Evaluation evaluation = Evaluator.on(split).k(8).evaluate(new ById(8, 3));
      assertThat(evaluation.recall())
          .satisfiesAnyOf(
              recall -> assertThat(recall).isEqualTo(1), recall -> assertThat(recall).isNaN());
    }
  }

  @Test
  void modelThatOnlyRanksHasNoErrorOfStars() {
    Evaluation evaluation =
        Evaluator.on(ALL_TEST).evaluate(Baseline.POPULARITY.fit(DATA.split(1, 0, 0, 1), 1));
    assertThat(evaluation.rmse()).isNaN();
    assertThat(evaluation.calibration()).isEmpty();
    assertThat(evaluation.ndcg()).isPositive();
    assertThat(evaluation.toString()).startsWith("popularity: ndcg@10 0.").endsWith(" 2 users");
  }

  @Test
  void nothingToMeasureOnIsNotANumber() {
    Evaluation evaluation = Evaluator.on(DATA.split(1, 0, 0, 1)).evaluate(new ById(8, 3));
    assertThat(evaluation.users()).isZero();
    assertThat(evaluation.calibrationError()).isNaN();
    for (Measure measure : Measure.values()) {
      assertThat(evaluation.value(measure)).as(measure.name()).isNaN();
      assertThat(evaluation.estimate(measure).low()).isNaN();
    }
    assertThat(evaluation.byActivity(Measure.NDCG, 4)).isEmpty();
  }

  @Test
  void modelIsToldAllThatIsNotTested() {
    Split split = TinyData.twoTastes(20, 30, 1).split(0.7, 0.1, 0.2, 1);
    Set<Long> told = ConcurrentHashMap.newKeySet();
    RankingModel listening =
        new RankingModel() {
          @Override
          public String name() {
            return "listening";
          }

          @Override
          public long[] rank(
              UserProfile user, List<Rating> history, int k, LongPredicate candidate) {
            history.forEach(rating -> told.add(100 * user.id().orElseThrow() + rating.item()));
            return new long[0];
          }
        };
    Evaluation evaluation = Evaluator.on(split).evaluate(listening);
    assertThat(evaluation.hitRate()).isZero();
    List<Long> known = new ArrayList<>(pairs(split.train()));
    known.addAll(pairs(split.validation()));
    assertThat(told).isNotEmpty().isSubsetOf(known);
    assertThat(told).containsAnyElementsOf(pairs(split.validation()));
    assertThat(told).doesNotContainAnyElementsOf(pairs(split.test()));
  }

  private static List<Long> pairs(Ratings ratings) {
    return IntStream.range(0, ratings.size())
        .mapToObj(row -> 100 * ratings.user(row) + ratings.item(row))
        .toList();
  }

  @Test
  void coldUsersAreMeasuredByWhatTheyAreKnownBy() {
    Split split = TinyData.twoTastes(80, 120, 2).splitColdUsers(20, 0, 3);
    RankingModel ease = Baseline.EASE.fit(split, 1);
    Evaluation stranger = Evaluator.onColdUsers(split, 0).evaluate(ease);
    Evaluation known = Evaluator.onColdUsers(split, 20).evaluate(ease);
    assertThat(stranger.users()).isEqualTo(20);
    assertThat(known.ndcg()).isGreaterThan(1.2 * stranger.ndcg());
  }

  @Test
  void coldUsersNeedTheirSplit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.onColdUsers(ALL_TEST, 5))
        .withMessage("a cold-users split and 0 to 20 ratings given are needed, not random and 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.onColdUsers(DATA.splitColdUsers(1, 0, 1), 21))
        .withMessageContaining("not cold-users and 21");
  }

  @Test
  void kMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.on(ALL_TEST).k(0))
        .withMessage("k must be at least 1, not 0");
  }
}
