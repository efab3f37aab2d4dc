package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RatingErrorTest {
  private static double value(Measure measure, RatingError... users) {
    UserResults results = new UserResults(users.length);
    for (int user = 0; user < users.length; user++) {
      users[user].into(results, user);
    }
    byte[] once = new byte[users.length];
    Arrays.fill(once, (byte) 1);
    return results.value(measure, once);
  }

  private static RatingError error(double... pairs) {
    RatingError error = new RatingError();
    for (int i = 0; i < pairs.length; i += 2) {
      error.add(pairs[i], pairs[i + 1]);
    }
    return error;
  }

  @Test
  void computedByHand() {
    RatingError error = error(4, 5, 3, 1, 2, 2);
    assertThat(value(Measure.RMSE, error)).isEqualTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(value(Measure.MAE, error)).isEqualTo(1);
  }

  @Test
  void everyRatingCountsAlikeWhoseverItIs() {
    assertThat(value(Measure.RMSE, error(4, 5, 3, 1), error(2, 2)))
        .isEqualTo(value(Measure.RMSE, error(4, 5, 3, 1, 2, 2)), within(1e-12));
    assertThat(value(Measure.MAE, error(4, 5, 3, 1), error(2, 2), error())).isEqualTo(1);
  }

  @Test
  void nothingHasNoError() {
    assertThat(value(Measure.RMSE, error())).isNaN();
    assertThat(value(Measure.MAE)).isNaN();
  }

  @Property
  void maeIsAtMostRmseAndBothAreWithinTheErrors(
      @ForAll @NotEmpty List<@DoubleRange(min = 1, max = 5) Double> predicted) {
    RatingError error = new RatingError();
    predicted.forEach(stars -> error.add(stars, 3));
    double worst = predicted.stream().mapToDouble(stars -> Math.abs(stars - 3)).max().orElseThrow();
    double rmse = value(Measure.RMSE, error);
    assertThat(value(Measure.MAE, error)).isBetween(0.0, rmse + 1e-12);
    assertThat(rmse).isLessThanOrEqualTo(worst + 1e-12);
  }

  @Property
  void errorsOfOneSizeAreThatSize(
      @ForAll @DoubleRange(min = 0, max = 4) double size, @ForAll @NotEmpty List<Boolean> above) {
    RatingError error = new RatingError();
    above.forEach(up -> error.add(up ? 3 + size : 3 - size, 3));
    assertThat(value(Measure.RMSE, error)).isEqualTo(size, within(1e-9));
    assertThat(value(Measure.MAE, error)).isEqualTo(size, within(1e-9));
  }

  @Property
  void predictionsThatAreFurtherOffAreWorse(
      @ForAll @IntRange(min = 1, max = 5) int stars,
      @ForAll @DoubleRange(min = 0, max = 2) double off,
      @ForAll @DoubleRange(min = 0.01, max = 1) double more) {
    for (Measure measure : List.of(Measure.RMSE, Measure.MAE)) {
      assertThat(value(measure, error(stars + off + more, stars)))
          .isGreaterThan(value(measure, error(stars + off, stars)));
    }
  }
}
