package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScratchPoolTest {
  @Test
  void whatIsGivenBackIsLentAgain() {
    ScratchPool<Object> pool = new ScratchPool<>(Object::new);
    Object first = pool.take();
    pool.give(first);
    assertThat(pool.take()).isSameAs(first);
  }

  @Test
  void nobodyIsLentWhatAnotherHasAndMoreThanItsRoomIsDropped() {
    AtomicInteger made = new AtomicInteger();
    ScratchPool<Integer> pool = new ScratchPool<>(made::incrementAndGet);
    Set<Object> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 40; i++) {
      lent.add(pool.take());
    }
    assertThat(lent).hasSize(40);
    lent.forEach(scratch -> pool.give((Integer) scratch));
    for (int i = 0; i < 17; i++) {
      pool.take();
    }
    assertThat(made).hasValue(41);
  }
}
