package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RatingErrorTest {
  @Test
  void computedByHand() {
    RatingError error = new RatingError();
    error.add(4, 5);
    error.add(3, 1);
    error.add(2, 2);
    assertThat(error.rmse()).isEqualTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(error.mae()).isEqualTo(1);
  }

  @Test
  void nothingHasNoError() {
    assertThat(new RatingError().rmse()).isNaN();
    assertThat(new RatingError().mae()).isNaN();
  }

  @Property
  void maeIsAtMostRmseAndBothAreWithinTheErrors(
      @ForAll @NotEmpty List<@DoubleRange(min = 1, max = 5) Double> predicted) {
    RatingError error = new RatingError();
    predicted.forEach(stars -> error.add(stars, 3));
    double worst = predicted.stream().mapToDouble(stars -> Math.abs(stars - 3)).max().orElseThrow();
    assertThat(error.mae()).isBetween(0.0, error.rmse() + 1e-12);
    assertThat(error.rmse()).isLessThanOrEqualTo(worst + 1e-12);
  }

  @Property
  void errorsOfOneSizeAreThatSize(
      @ForAll @DoubleRange(min = 0, max = 4) double size, @ForAll @NotEmpty List<Boolean> above) {
    RatingError error = new RatingError();
    above.forEach(up -> error.add(up ? 3 + size : 3 - size, 3));
    assertThat(error.rmse()).isEqualTo(size, within(1e-9));
    assertThat(error.mae()).isEqualTo(size, within(1e-9));
  }
}
