package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationRankingTest {
  private static final Split SPLIT = SmallData.split();
  private static final TrainingData DATA = new TrainingData(SPLIT, false);
  private static final History TRAIN = History.of(DATA.encoder(), SPLIT.train());
  private static final RankingForm FORM =
      new RankingForm(
          DATA.encoder(),
          SmallData.untrained(DATA),
          new UserRatings(DATA.encoder(), TRAIN),
          new RankingFit(
                  DATA.encoder(), SmallData.ranking(), DATA.users(), SmallData.content(DATA), 1)
              .fit(TRAIN));

  @Test
  void isWhatSortingAllItemsGives() {
    History validation = History.of(DATA.encoder(), SPLIT.validation());
    double sum = 0;
    int users = 0;
    for (int user = 1; user <= SmallData.USERS; user++) {
      List<Integer> relevant = relevant(validation, user);
      if (!relevant.isEmpty()) {
        sum += ndcg(ranking(user), relevant);
        users++;
      }
    }
    assertThat(users).isGreaterThan(20);
    assertThat(new ValidationRanking(DATA.encoder(), TRAIN, validation).ndcg(FORM))
        .isCloseTo(sum / users, within(1e-9));
  }

  private static List<Integer> relevant(History validation, int user) {
    List<Integer> relevant = new ArrayList<>();
    for (int i = 0; i < validation.count(user); i++) {
      int rating = validation.start(user) + i;
      if (validation.stars(rating) >= 4 && !TRAIN.has(user, validation.item(rating))) {
        relevant.add(validation.item(rating));
      }
    }
    return relevant;
  }

  private static List<Integer> ranking(int user) {
    float[] vector = FORM.userVector(user);
    List<Integer> items = new ArrayList<>();
    for (int row = 1; row <= SmallData.ITEMS; row++) {
      if (!TRAIN.has(user, row)) {
        items.add(row);
      }
    }
    items.sort(Comparator.comparingDouble(row -> -Vectors.dot(vector, FORM.itemVector(row))));
    return items;
  }

  private static double ndcg(List<Integer> ranking, List<Integer> relevant) {
    double gain = 0;
    double ideal = 0;
    for (int rank = 0; rank < 10; rank++) {
      double discount = Math.log(2) / Math.log(rank + 2);
      gain += rank < ranking.size() && relevant.contains(ranking.get(rank)) ? discount : 0;
      ideal += rank < relevant.size() ? discount : 0;
    }
    return gain / ideal;
  }

  @Test
  void withoutARelevantRatingThereIsNothingToMeasure() {
    History disliked =
        History.of(DATA.encoder(), Ratings.of(new long[] {3}, new long[] {40}, new float[] {3.5f}));
    assertThat(new ValidationRanking(DATA.encoder(), TRAIN, disliked).ndcg(FORM)).isNaN();
  }
}
