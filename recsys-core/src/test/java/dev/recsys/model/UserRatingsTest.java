package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.data.Rating;
import dev.recsys.data.Ratings;
import dev.recsys.features.FeatureEncoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserRatingsTest {
  private static final FeatureEncoder ENCODER =
      new TrainingData(SmallData.split(), false).encoder();

  private final UserRatings ratings =
      new UserRatings(
          ENCODER,
          History.of(
              ENCODER,
              Ratings.of(new long[] {3, 3, 5}, new long[] {2, 7, 7}, new float[] {5, 3, 1})));

  private List<String> of(int user, Rating... given) {
    List<String> taken = new ArrayList<>();
    ratings.forEach(user, List.of(given), (item, stars) -> taken.add(item + ":" + stars));
    return taken;
  }

  @Test
  void areThoseRememberedThenThoseGiven() {
    assertThat(of(3)).containsExactly("2:5.0", "7:3.0");
    assertThat(of(3, Rating.of(9, 4))).containsExactly("2:5.0", "7:3.0", "9:4.0");
    assertThat(of(0, Rating.of(9, 4))).containsExactly("9:4.0");
    assertThat(of(0)).isEmpty();
  }

  @Test
  void theLastRatingOfAnItemCounts() {
    assertThat(of(3, Rating.of(7, 4))).containsExactly("2:5.0", "7:4.0");
    assertThat(of(3, Rating.of(7, 4), Rating.of(9, 1), Rating.of(7, 2)))
        .containsExactly("2:5.0", "9:1.0", "7:2.0");
  }

  @Test
  void ratingsOfUnknownItemsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(3, Rating.of(4711, 4)))
        .withMessage("rating of item 4711: it is not one of the model's 40 items");
  }
}
