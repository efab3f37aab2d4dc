package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class IdSetTest {
  private static List<Long> members(IdSet set) {
    List<Long> members = new ArrayList<>();
    for (int i = set.next(0); i >= 0; i = set.next(i + 1)) {
      members.add(set.at(i));
    }
    return members;
  }

  private static void assertHolds(IdSet set, Set<Long> ids) {
    assertThat(set.size()).isEqualTo(ids.size());
    assertThat(members(set)).containsExactlyInAnyOrderElementsOf(ids);
    for (long id : ids) {
      assertThat(set.test(id)).isTrue();
      assertThat(set.test(id + 1)).isEqualTo(ids.contains(id + 1));
      assertThat(set.test(id - 1)).isEqualTo(ids.contains(id - 1));
      assertThat(set.test(~id)).isEqualTo(ids.contains(~id));
    }
  }

  @Property
  void holdsWhatItWasMadeOf(@ForAll Set<Long> ids) {
    assertHolds(IdSet.of(ids.stream().mapToLong(Long::longValue).toArray()), ids);
  }

  @Property
  void holdsDenseIdsWhereverTheyBegin(
      @ForAll long first, @ForAll Set<@IntRange(min = 0, max = 300) Integer> offsets) {
    Set<Long> ids = new TreeSet<>();
    for (int offset : offsets) {
      ids.add(first + offset);
    }
    assertHolds(IdSet.of(ids.stream().mapToLong(Long::longValue).toArray()), ids);
  }

  @Test
  void bitsAreCopied() {
    BitSet bits = new BitSet();
    bits.set(3);
    bits.set(700);
    IdSet set = IdSet.of(bits);
    bits.clear();
    assertHolds(set, Set.of(3L, 700L));
  }

  @Test
  void anIdThatIsThereTwiceCountsOnce() {
    assertHolds(IdSet.of(5, Long.MIN_VALUE, 5, 0, 0), Set.of(Long.MIN_VALUE, 0L, 5L));
  }

  @Test
  void ofNothingHoldsNothing() {
    assertThat(IdSet.of().size()).isZero();
    assertThat(IdSet.of().test(0)).isFalse();
    assertThat(IdSet.of().next(0)).isEqualTo(-1);
  }
}
