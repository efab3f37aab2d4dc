package dev.recsys.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Percentiles by nearest rank. */
class LatenciesTest {
  @Example
  void percentilesOfAHundredAreTheirRanks() {
    long[] nanos = new long[100];
    Arrays.setAll(nanos, i -> (100 - i) * 1_000L);
    Latencies latencies = new Latencies(nanos, 100);
    assertThat(latencies.micros(0.5)).isEqualTo(50);
    assertThat(latencies.micros(0.99)).isEqualTo(99);
    assertThat(latencies.micros(1)).isEqualTo(100);
    assertThat(latencies.micros(1e-9)).isEqualTo(1);
    assertThat(nanos[0]).isEqualTo(100_000);
  }

  @Example
  void onlyTheTimesThatWereTakenCount() {
    assertThat(new Latencies(new long[] {3_000, 1_000, 0, 0}, 2).micros(0.5)).isEqualTo(1);
  }

  @Property
  void itIsTheSmallestThatTheShareKeptTo(
      @ForAll @Size(min = 1, max = 60) @LongRange(min = 0, max = 100_000) long[] nanos,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    double micros = new Latencies(nanos, nanos.length).micros(share);
    long within = Arrays.stream(nanos).filter(n -> n / 1e3 <= micros).count();
    long below = Arrays.stream(nanos).filter(n -> n / 1e3 < micros).count();
    assertThat(within).isGreaterThanOrEqualTo((long) Math.ceil(share * nanos.length));
    assertThat((double) below).isLessThan(share * nanos.length);
  }

  @Example
  void noneAndSharesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Latencies(new long[3], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("got 0");
    assertThatThrownBy(() -> new Latencies(new long[3], 3).micros(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share must be in (0, 1], got 0.0");
  }
}
