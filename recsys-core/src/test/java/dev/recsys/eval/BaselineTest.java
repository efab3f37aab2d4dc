package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Rating;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselineTest {
  private static final Split SPLIT = TinyData.twoTastes(60, 40, 5).split(0.8, 0, 0.2, 5);
  private static final UserProfile STRANGER = UserProfile.builder().build();

  @ParameterizedTest
  @EnumSource
  void ranksCandidatesOnceEachAndTheSameEachTime(Baseline baseline) {
    RankingModel model = baseline.fit(SPLIT, 3);
    List<Rating> history = List.of(Rating.of(2, 5), Rating.of(4, 4), Rating.of(7, 1));
    long[] ranking = model.rank(STRANGER, history, 100, id -> id % 5 != 0);
    assertThat(ranking).hasSize(32).doesNotHaveDuplicates();
    assertThat(Arrays.stream(ranking)).allMatch(id -> id % 5 != 0);
    assertThat(baseline.fit(SPLIT, 3).rank(STRANGER, history, 100, id -> id % 5 != 0))
        .containsExactly(ranking);
    assertThat(model.name()).isEqualTo(baseline.toString());
    assertThat(model.predictStars(STRANGER, history, 2)).isNaN();
  }

  @ParameterizedTest
  @EnumSource(names = {"ITEM_KNN", "EASE", "IALS"})
  void tasteOfAStrangerIsSeenInAFewRatings(Baseline baseline) {
    RankingModel model = baseline.fit(SPLIT, 3);
    for (int taste = 0; taste < 2; taste++) {
      int own = taste;
      List<Rating> history = List.of(Rating.of(2 + own, 5), Rating.of(4 + own, 5));
      long[] ranking = model.rank(STRANGER, history, 8, id -> id > 5);
      assertThat(Arrays.stream(ranking)).allMatch(id -> id % 2 == own);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ITEM_KNN", "EASE", "IALS"})
  void whoHasNoHistoryIsShownWhatIsPopular(Baseline baseline) {
    assertThat(baseline.fit(SPLIT, 3).rank(STRANGER, List.of(), 10, id -> true))
        .containsExactly(
            Baseline.POPULARITY.fit(SPLIT, 3).rank(STRANGER, List.of(), 10, id -> true));
  }

  @ParameterizedTest
  @EnumSource
  void nothingToLearnFromIsNoError(Baseline baseline) {
    RankingModel model = baseline.fit(TinyData.training(TinyData.of(2, 3)), 3);
    assertThat(model.rank(STRANGER, List.of(Rating.of(1, 5)), 3, id -> true))
        .containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void namesAreThoseOfTheCommandLine() {
    assertThat(Baseline.values())
        .extracting(Baseline::toString)
        .containsExactly(
            "popularity", "item-knn", "ease", "ials", "attribute-popularity", "random");
  }
}
