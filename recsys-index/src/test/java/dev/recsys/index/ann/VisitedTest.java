package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VisitedTest {
  @Property(tries = 60)
  void marksEachSlotOnceInEveryWalk(
      @ForAll @IntRange(min = 1, max = 40_000) int slots, @ForAll long seed) {
    Random random = new Random(seed);
    Visited visited = new Visited();
    for (int walk = 0; walk < 3; walk++) {
      visited.reset(slots);
      BitSet expected = new BitSet();
      for (int hop = random.nextInt(400); hop > 0; hop--) {
        int[] links = random.ints(32, 0, slots + slots / 10 + 1).distinct().toArray();
        int[] fresh = new int[32];
        int count = visited.markAll(links, 0, links.length, fresh);
        int[] unseen = Arrays.stream(links).filter(s -> s < slots && !expected.get(s)).toArray();
        assertThat(Arrays.copyOf(fresh, count)).isEqualTo(unseen);
        Arrays.stream(unseen).forEach(expected::set);
        int one = random.nextInt(slots);
        assertThat(visited.mark(one)).isEqualTo(!expected.get(one));
        expected.set(one);
      }
    }
  }

  @Test
  void stopsAtTheFirstLinkThatIsNone() {
    Visited visited = new Visited();
    visited.reset(10);
    int[] fresh = new int[4];
    assertThat(visited.markAll(new int[] {7, 7, Graph.NONE, 3}, 0, 4, fresh)).isEqualTo(1);
    assertThat(visited.mark(3)).isTrue();
  }
}
