package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private record Offer(float score, int slot) {}

  @Property(tries = 100)
  void keepsTheNearestInOrderWhicheverWasFollowed(
      @ForAll @IntRange(min = 1, max = 300) int ef,
      @ForAll @IntRange(min = 0, max = 600) int offers,
      @ForAll long seed) {
    Random random = new Random(seed);
    Candidates candidates = new Candidates();
    candidates.reset(ef);
    List<Offer> all = new ArrayList<>();
    for (int slot = 0; slot < offers; slot++) {
      Offer offer = new Offer(random.nextInt(50) - 25f, slot);
      all.add(offer);
      candidates.offer(offer.score(), slot);
      if (random.nextInt(4) == 0) {
        candidates.follow();
      }
    }
    all.sort(
        Comparator.comparing(Offer::score, Comparator.reverseOrder()).thenComparing(Offer::slot));
    assertThat(candidates.size()).isEqualTo(Math.min(ef, offers));
    for (int i = 0; i < candidates.size(); i++) {
      assertThat(candidates.slot(i)).isEqualTo(all.get(i).slot());
      assertThat(candidates.score(i)).isEqualTo(all.get(i).score());
    }
  }

  @Test
  void followsTheNearestFirstAndNoneTwice() {
    Candidates candidates = new Candidates();
    candidates.reset(3);
    candidates.offer(1, 10);
    candidates.offer(3, 30);
    assertThat(candidates.follow()).isEqualTo(30);
    candidates.offer(2, 20);
    candidates.offer(4, 40);
    assertThat(candidates.follow()).isEqualTo(40);
    assertThat(candidates.follow()).isEqualTo(20);
    assertThat(candidates.follow()).isEqualTo(-1);
    assertThat(candidates.slot(2)).isEqualTo(20);
  }

  @Test
  void scoresOfAllSizesAreOrderedAndNotANumberIsLast() {
    float[] falling = {
      Float.POSITIVE_INFINITY, 3e38f, 1, Float.MIN_VALUE, 0, -Float.MIN_VALUE, -1, -3e38f
    };
    for (int i = 1; i < falling.length; i++) {
      assertThat(Candidates.pack(falling[i - 1], 9)).isLessThan(Candidates.pack(falling[i], 1));
      assertThat(Candidates.score(Candidates.pack(falling[i], 9))).isEqualTo(falling[i]);
    }
    assertThat(Candidates.pack(Float.NaN, 1)).isGreaterThan(Candidates.pack(-3e38f, 1));
    assertThat(Candidates.slot(Candidates.pack(-5, Integer.MAX_VALUE)))
        .isEqualTo(Integer.MAX_VALUE);
  }
}
