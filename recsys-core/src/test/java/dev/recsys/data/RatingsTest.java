package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingsTest {
  private static Ratings three() {
    return Ratings.of(new long[] {1, 1, 2}, new long[] {10, 20, 10}, new float[] {5, 3.5f, 1});
  }

  @Test
  void columnsAreReadByRow() {
    Ratings ratings = three();
    assertThat(ratings.size()).isEqualTo(3);
    assertThat(ratings.user(2)).isEqualTo(2);
    assertThat(ratings.item(1)).isEqualTo(20);
    assertThat(ratings.stars(1)).isEqualTo(3.5f);
    assertThat(ratings).isEqualTo(three()).hasSameHashCodeAs(three()).hasToString("3 ratings");
  }

  @Test
  void columnsAreCopied() {
    long[] users = {1};
    Ratings ratings = Ratings.of(users, new long[] {2}, new float[] {3});
    users[0] = 9;
    assertThat(ratings.user(0)).isEqualTo(1);
  }

  @Test
  void selectKeepsTheOrderGiven() {
    Ratings selected = three().select(new int[] {2, 0, 0});
    assertThat(selected)
        .isEqualTo(
            Ratings.of(new long[] {2, 1, 1}, new long[] {10, 10, 10}, new float[] {1, 5, 5}));
    assertThat(three().select(new int[0]).size()).isZero();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> three().select(new int[] {3}));
  }

  @Test
  void timesAreKeptIfThereAreAny() {
    assertThat(three().hasTimes()).isFalse();
    assertThat(three().time(2)).isZero();
    long[] times = {30, 20};
    Ratings timed = Ratings.of(new long[] {1, 2}, new long[] {3, 4}, new float[] {5, 5}, times);
    times[0] = 0;
    assertThat(timed.hasTimes()).isTrue();
    assertThat(timed.time(0)).isEqualTo(30);
    assertThat(timed.select(new int[] {1, 0}).time(1)).isEqualTo(30);
    assertThat(timed)
        .isNotEqualTo(Ratings.of(new long[] {1, 2}, new long[] {3, 4}, new float[] {5, 5}));
  }

  @Test
  void columnsMustHaveOneLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratings.of(new long[1], new long[1], new float[] {1}, new long[0]))
        .withMessage("columns must have one length, not 1 users, 0 times");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratings.of(new long[1], new long[2], new float[] {1}))
        .withMessage("columns must have one length, not 1 users, 2 items, 1 stars");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.99f, 5.01f, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void starsMustBeFromOneToFive(float stars) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ratings.of(new long[] {7}, new long[] {8}, new float[] {stars}))
        .withMessage("row 0 (user 7, item 8): stars must be in [1, 5], not " + stars);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rating.of(8, stars))
        .withMessage("rating of item 8: stars must be in [1, 5], not " + stars);
  }

  @Test
  void ratingIsAnItemAndStars() {
    assertThat(Rating.of(1193, 5)).isEqualTo(new Rating(1193, 5f));
    assertThat(Rating.of(1, 1).stars()).isEqualTo(1);
  }
}
