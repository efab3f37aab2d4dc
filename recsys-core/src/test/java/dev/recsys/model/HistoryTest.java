package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
  private static final FeatureEncoder ENCODER =
      new TrainingData(SmallData.split(), false).encoder();
  private static final int ROWS = SmallData.USERS + 1;

  @Property(tries = 20)
  void holdsTheLastRatingOfEachItemSorted(@ForAll long seed) {
    Split split = SmallData.dataset().split(0.5, 0.2, 0.3, seed);
    History history = History.of(ENCODER, split.train(), split.validation());
    History copy = History.of(history.tensors(), ENCODER);
    for (int user = 1; user <= SmallData.USERS; user++) {
      TreeMap<Integer, Float> expected = new TreeMap<>();
      for (Ratings part : List.of(split.train(), split.validation())) {
        for (int i = 0; i < part.size(); i++) {
          if (part.user(i) == user) {
            expected.put(ENCODER.itemRow(part.item(i)), part.stars(i));
          }
        }
      }
      assertThat(ratings(history, user)).isEqualTo(expected);
      assertThat(ratings(copy, user)).isEqualTo(expected);
      assertThat(history.count(user)).isEqualTo(expected.size());
    }
    assertThat(history.users()).isEqualTo(ROWS);
    assertThat(history.count(0)).isZero();
  }

  private static Map<Integer, Float> ratings(History history, int user) {
    Map<Integer, Float> ratings = new TreeMap<>();
    for (int i = 0; i < history.count(user); i++) {
      int rating = history.start(user) + i;
      ratings.put(history.item(rating), history.stars(rating));
      assertThat(history.has(user, history.item(rating))).isTrue();
    }
    return ratings;
  }

  @Test
  void knowsWhatAUserDidNotRate() {
    History history =
        History.of(ENCODER, Ratings.of(new long[] {3}, new long[] {5}, new float[] {4}));
    assertThat(history.has(3, 5)).isTrue();
    assertThat(history.has(3, 6)).isFalse();
    assertThat(history.has(2, 5)).isFalse();
  }

  private static Map<String, Tensor> tensors(int[] offsets, int[] items, float... stars) {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("history.offsets", Tensor.of(offsets, offsets.length));
    tensors.put("history.items", Tensor.of(items, items.length));
    tensors.put("history.stars", Tensor.of(stars, stars.length));
    return tensors;
  }

  private static int[] offsets(int second, int last) {
    int[] offsets = new int[ROWS + 1];
    Arrays.fill(offsets, last);
    offsets[0] = 0;
    offsets[1] = second;
    return offsets;
  }

  @Test
  void offsetsMustCoverTheItemsInOrder() {
    int[] items = {5, 6};
    assertThat(History.of(tensors(offsets(1, 2), items, 3, 4), ENCODER).item(1)).isEqualTo(6);
    assertThatThrownBy(() -> History.of(tensors(offsets(3, 2), items, 3, 4), ENCODER))
        .hasMessage("expected history.offsets to ascend, found 3 before 2");
    assertThatThrownBy(() -> History.of(tensors(offsets(1, 3), items, 3, 4), ENCODER))
        .hasMessage("expected history.offsets from 0 to 2, found 0 to 3");
    assertThatThrownBy(() -> History.of(tensors(new int[] {0, 2}, items, 3, 4), ENCODER))
        .hasMessageContaining(
            "expected tensor history.offsets as I32[" + (ROWS + 1) + "], found I32[2]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, SmallData.ITEMS + 1, Integer.MAX_VALUE})
  void anItemThatTheVocabularyDoesNotHaveIsRefused(int item) {
    assertThatThrownBy(() -> History.of(tensors(offsets(1, 2), new int[] {5, item}, 3, 4), ENCODER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected history.items[1] in [1, 41), found " + item);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 5.5f, Float.NaN, Float.NEGATIVE_INFINITY})
  void starsThatNobodyCanGiveAreRefused(float stars) {
    assertThatThrownBy(
            () -> History.of(tensors(offsets(1, 2), new int[] {5, 6}, stars, 4), ENCODER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected history.stars[0] in [1, 5], found " + stars);
  }
}
