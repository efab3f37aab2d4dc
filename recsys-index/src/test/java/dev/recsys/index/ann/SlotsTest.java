package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static Slots filled(int count) {
    Slots slots = new Slots(2);
    for (int i = 0; i < count; i++) {
      int slot = slots.take(100 + i, Integer.MAX_VALUE);
      slots.write(slot, new float[] {i, -i});
      slots.mark(slot, true, i);
      assertThat(slots.bind(100 + i, slot)).isEqualTo(LongIntMap.ABSENT);
    }
    return slots;
  }

  @Test
  void vectorsStayWhereTheyWereWrittenWhileSlotsGrow() {
    Slots slots = filled(20_000);
    float[] row = new float[2];
    for (int i = 0; i < 20_000; i++) {
      int slot = slots.find(100 + i);
      slots.read(slot, row);
      assertThat(row).containsExactly(i, -i);
      assertThat(slots.id(slot)).isEqualTo(100 + i);
      assertThat(slots.live(slot)).isTrue();
    }
    assertThat(slots.size()).isEqualTo(20_000);
    assertThat(slots.capacity()).isGreaterThanOrEqualTo(slots.end());
  }

  @Test
  void aSlotThatWasGivenBackIsTakenFirst() {
    Slots slots = filled(5);
    int slot = slots.unbind(102);
    slots.mark(slot, false, 9);
    slots.give(slot);
    assertThat(slots.find(102)).isEqualTo(LongIntMap.ABSENT);
    assertThat(slots.live(slot)).isFalse();
    assertThat(slots.take(7, 5)).isEqualTo(slot);
    assertThat(slots.take(8, 5)).isEqualTo(-1);
  }

  @Test
  void sortedFreeSlotsAreTakenFromTheLowest() {
    Slots slots = filled(6);
    for (int slot : new int[] {4, 1, 3}) {
      slots.give(slot);
    }
    slots.sortFree();
    assertThat(slots.take(1, 6)).isEqualTo(1);
    assertThat(slots.take(2, 6)).isEqualTo(3);
    assertThat(slots.take(3, 6)).isEqualTo(4);
  }

  @Test
  void theSlotsOfASetAreThoseOfItsIdsThatAreThere() {
    Slots slots = filled(50);
    int[] out = new int[3];
    int found = slots.find(IdSet.of(5, 100, 149), out);
    assertThat(Arrays.copyOf(out, found)).containsExactlyInAnyOrder(0, 49);
  }

  @Test
  void aSampleHoldsNoVectorTwiceAndNoDeadOne() {
    Slots slots = filled(40);
    slots.mark(7, false, 50);
    float[] sample = slots.sample(100, 3);
    assertThat(sample).hasSize(2 * 39);
    for (int i = 0; i < 39; i++) {
      assertThat(sample[2 * i]).isEqualTo(i < 7 ? i : i + 1);
    }
    assertThat(slots.sample(10, 3)).hasSize(20).isEqualTo(slots.sample(10, 3));
  }
}
