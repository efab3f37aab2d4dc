package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LongIntMapTest {
  /** Few keys, so that they are met again, extremes among them. */
  @Provide
  Arbitrary<List<Long>> keys() {
    return Arbitraries.oneOf(
            Arbitraries.longs().between(-40, 40),
            Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32))
        .list()
        .ofMaxSize(400);
  }

  @Property(seed = "4")
  void behavesAsAHashMap(@ForAll("keys") List<Long> keys) {
    Map<Long, Integer> reference = new HashMap<>();
    LongIntMap map = new LongIntMap();
    for (int i = 0; i < keys.size(); i++) {
      long key = keys.get(i);
      if (i % 3 == 2) {
        Integer expected = reference.remove(key);
        assertThat(map.remove(key)).isEqualTo(expected == null ? LongIntMap.ABSENT : expected);
      } else {
        reference.put(key, i);
        map.put(key, i);
      }
      assertThat(map.size()).isEqualTo(reference.size());
    }
    for (long key : keys) {
      assertThat(map.get(key)).isEqualTo(reference.getOrDefault(key, LongIntMap.ABSENT));
    }
  }

  @Property(tries = 5, seed = "5")
  void holdsManyKeysThatDifferInFewBits(@ForAll("strides") long stride) {
    LongIntMap map = new LongIntMap();
    for (int i = 0; i < 20_000; i++) {
      map.put(i * stride, i);
    }
    for (int i = 0; i < 20_000; i += 2) {
      assertThat(map.remove(i * stride)).isEqualTo(i);
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(map.get(i * stride)).isEqualTo(i % 2 == 0 ? LongIntMap.ABSENT : i);
    }
  }

  @Provide
  Arbitrary<Long> strides() {
    return Arbitraries.of(1L, 1L << 20, 1L << 40, -4096L, 10_007L);
  }
}
