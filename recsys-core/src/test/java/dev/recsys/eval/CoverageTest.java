package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void itemRecommendedTwiceCountsOnce() {
    Coverage coverage = new Coverage(4);
    assertThat(coverage.share()).isZero();
    coverage.addAll(new long[] {7, 9});
    coverage.addAll(new long[] {7});
    coverage.addAll(new long[0]);
    assertThat(coverage.share()).isEqualTo(0.5);
  }

  @Test
  void catalogueMustNotBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Coverage(0))
        .withMessage("catalogue must have at least 1 item, not 0");
  }

  @Property
  void isTheShareOfDistinctItems(@ForAll List<@LongRange(max = 49) Long> items) {
    Coverage coverage = new Coverage(50);
    double before = 0;
    for (long item : items) {
      coverage.addAll(new long[] {item});
      assertThat(coverage.share()).isBetween(before, 1.0);
      before = coverage.share();
    }
    assertThat(coverage.share()).isEqualTo(new HashSet<>(items).size() / 50.0);
  }
}
