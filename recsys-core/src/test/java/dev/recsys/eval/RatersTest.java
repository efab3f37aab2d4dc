package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Ratings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RatersTest {
  /** Item 10 is rated by all of users 1, 2 and 3, item 20 by 1 and 2, item 30 by 3 alone. */
  private static final Raters RATERS =
      new Raters(ratings(new long[] {1, 2, 3, 1, 2, 3}, new long[] {10, 10, 10, 20, 20, 30}));

  private static Ratings ratings(long[] users, long[] items) {
    float[] stars = new float[users.length];
    Arrays.fill(stars, 2);
    return Ratings.of(users, items, stars);
  }

  private static Raters random(int rows, long seed) {
    Random random = new Random(seed);
    return new Raters(
        ratings(random.longs(rows, 0, 9).toArray(), random.longs(rows, 0, 12).toArray()));
  }

  @Test
  void noveltyComputedByHand() {
    // 3 users: log2(4 / (raters + 1))
    assertThat(RATERS.novelty(new long[] {10})).isZero();
    assertThat(RATERS.novelty(new long[] {30})).isEqualTo(1, within(1e-12));
    assertThat(RATERS.novelty(new long[] {99})).isEqualTo(2, within(1e-12));
    assertThat(RATERS.novelty(new long[] {10, 30, 99})).isEqualTo(1, within(1e-12));
    assertThat(RATERS.novelty(new long[0])).isZero();
  }

  @Test
  void diversityComputedByHand() {
    // two common raters of 3 and 2: 1 - 2 / sqrt(6)
    assertThat(RATERS.diversity(new long[] {10, 20}))
        .isEqualTo(1 - 2 / Math.sqrt(6), within(1e-12));
    assertThat(RATERS.diversity(new long[] {20, 30})).isEqualTo(1);
    // pairs 10-20, 10-30, 20-30
    assertThat(RATERS.diversity(new long[] {10, 20, 30}))
        .isEqualTo((1 - 2 / Math.sqrt(6) + 1 - 1 / Math.sqrt(3) + 1) / 3, within(1e-12));
    assertThat(RATERS.diversity(new long[] {10, 99})).isEqualTo(1);
    assertThat(RATERS.diversity(new long[] {10})).isZero();
  }

  @Test
  void secondRatingOfTheSameUserChangesNothing() {
    Raters twice = new Raters(ratings(new long[] {1, 1, 2}, new long[] {10, 10, 20}));
    Raters once = new Raters(ratings(new long[] {1, 2}, new long[] {10, 20}));
    assertThat(twice.novelty(new long[] {10})).isEqualTo(once.novelty(new long[] {10}));
  }

  @Property
  void bothAreInRangeWhateverTheOrder(
      @ForAll @IntRange(max = 60) int rows, @ForAll long seed, @ForAll Random order) {
    Raters raters = random(rows, seed);
    List<Long> items = new ArrayList<>(LongStream.range(0, 12).boxed().toList());
    Collections.shuffle(items, order);
    long[] ranking = items.stream().limit(6).mapToLong(item -> item).toArray();
    assertThat(raters.novelty(ranking)).isBetween(0.0, Math.log(10) / Math.log(2));
    assertThat(raters.diversity(ranking)).isBetween(0.0, 1.0);
    long[] sorted = LongStream.of(ranking).sorted().toArray();
    assertThat(raters.novelty(sorted)).isEqualTo(raters.novelty(ranking), within(1e-12));
    assertThat(raters.diversity(sorted)).isEqualTo(raters.diversity(ranking), within(1e-12));
  }
}
