package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HalvingTest {
  private static int reaching(List<Double> values, double least) {
    return (int) values.stream().filter(value -> value >= least).count();
  }

  @Property(tries = 500, seed = "1")
  void hardlyMoreAreFoundThanAreWanted(
      @ForAll @Size(min = 1, max = 400) List<@DoubleRange(min = -1_000, max = 1_000) Double> values,
      @ForAll @IntRange(min = 1, max = 400) int wanted,
      @ForAll @DoubleRange(min = 0.1, max = 500) double step) {
    double high = Collections.max(values);
    double least = Halving.least(from -> reaching(values, from), wanted, 0, high, step);
    int found = reaching(values, least);
    assertThat(found).isGreaterThanOrEqualTo(Math.min(wanted, values.size()));
    if (wanted > values.size()) {
      assertThat(least).isEqualTo(Double.NEGATIVE_INFINITY);
    } else {
      // those within a small part of the range may be told apart no more
      double above = least + 4_000.0 / (1 << 15);
      assertThat(reaching(values, above)).isLessThanOrEqualTo(wanted + wanted / 16);
    }
  }

  @Property(tries = 200, seed = "2")
  void whatWasTakenBeforeIsNotCountedAgain(
      @ForAll @Size(min = 20, max = 200) List<@DoubleRange(min = -1, max = 1) Double> values,
      @ForAll @IntRange(min = 1, max = 10) int wanted) {
    double high =
        values.stream().sorted(Comparator.reverseOrder()).skip(4).findFirst().orElseThrow();
    int besides = reaching(values, high);
    double least = Halving.least(from -> reaching(values, from), wanted, besides, high, 0.01);
    assertThat(reaching(values, least) - besides)
        .isGreaterThanOrEqualTo(Math.min(wanted, values.size() - besides));
  }
}
