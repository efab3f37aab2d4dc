package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GreatestTest {
  @Property(tries = 300)
  void leastIsTheOneOfThatRank(
      @ForAll @Size(max = 60) List<@FloatRange(min = -4, max = 4) Float> values,
      @ForAll @IntRange(min = 1, max = 30) int count) {
    Greatest greatest = new Greatest();
    greatest.begin(3);
    greatest.offer(1e9f);
    greatest.begin(count);
    values.forEach(greatest::offer);

    List<Float> sorted = values.stream().sorted(Collections.reverseOrder()).toList();
    float expected = values.size() < count ? Float.NEGATIVE_INFINITY : sorted.get(count - 1);
    assertThat(greatest.least()).isEqualTo(expected);
  }
}
