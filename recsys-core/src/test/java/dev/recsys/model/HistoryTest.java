package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final FeatureEncoder ENCODER =
      new TrainingData(SmallData.split(), false).encoder();
  private static final int ROWS = SmallData.USERS + 1;

  @Property(tries = 20)
  void holdsEachItemOfTrainingAndValidationOnceAndSorted(@ForAll long seed) {
    Split split = SmallData.dataset().split(0.5, 0.2, 0.3, seed);
    History history = History.of(split, ENCODER);
    History copy = History.of(history.tensors(), ROWS);
    for (int user = 1; user <= SmallData.USERS; user++) {
      TreeSet<Long> expected = new TreeSet<>();
      for (Ratings part : List.of(split.train(), split.validation())) {
        for (int i = 0; i < part.size(); i++) {
          if (part.user(i) == user) {
            expected.add(part.item(i));
          }
        }
      }
      assertThat(history.items(user)).containsExactly(expected.toArray(Long[]::new));
      assertThat(copy.items(user)).isEqualTo(history.items(user));
    }
    assertThat(history.items(0)).isEmpty();
  }

  private static Map<String, Tensor> tensors(int[] offsets, long... items) {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("history.offsets", Tensor.of(offsets, offsets.length));
    tensors.put("history.items", Tensor.of(items, items.length));
    return tensors;
  }

  @Test
  void offsetsMustCoverTheItemsInOrder() {
    assertThat(History.of(tensors(new int[] {0, 1, 2}, 5, 6), 2).items(1)).containsExactly(6);
    assertThatThrownBy(() -> History.of(tensors(new int[] {0, 2, 1}, 5, 6), 2))
        .hasMessage("expected history.offsets to ascend, found 2 before 1");
    assertThatThrownBy(() -> History.of(tensors(new int[] {0, 1, 3}, 5, 6), 2))
        .hasMessage("expected history.offsets from 0 to 2, found 0 to 3");
    assertThatThrownBy(() -> History.of(tensors(new int[] {1, 1, 2}, 5, 6), 2))
        .hasMessage("expected history.offsets from 0 to 2, found 1 to 2");
    assertThatThrownBy(() -> History.of(tensors(new int[] {0, 1, 2}, 5, 6), 3))
        .hasMessageContaining("expected tensor history.offsets as I32[4], found I32[3]");
  }
}
