package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TopKTest {
  private record Scored(long id, float score) {}

  @Property(seed = "6")
  void keepsTheBestInOrderTiesByAscendingId(
      @ForAll @Size(max = 200) List<@IntRange(min = -5, max = 5) Integer> scores,
      @ForAll @IntRange(max = 30) int k) {
    TopK best = new TopK(k);
    List<Scored> all = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      // neither ascending nor descending ids
      Scored scored = new Scored(i * 37L % 211 - 100, scores.get(i));
      all.add(scored);
      best.offer(scored.id(), scored.score());
    }
    all.sort(Comparator.comparing(Scored::score).reversed().thenComparing(Scored::id));

    assertThat(listed(best.toResult(1, 0, SearchResult.Method.SCAN)))
        .isEqualTo(all.subList(0, Math.min(k, all.size())));
  }

  private static List<Scored> listed(SearchResult result) {
    List<Scored> list = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      list.add(new Scored(result.id(i), result.score(i)));
    }
    return list;
  }

  @Example
  void scoresThatAreNoNumbersComeLast() {
    TopK best = new TopK(2);
    best.offer(1, Float.NaN);
    best.offer(2, -1e30f);
    best.offer(3, Float.NaN);

    assertThat(listed(best.toResult(1, 3, SearchResult.Method.SCAN)))
        .containsExactly(new Scored(2, -1e30f), new Scored(1, Float.NEGATIVE_INFINITY));
  }

  @Example
  void zerosOfBothSignsAreEqual() {
    TopK best = new TopK(2);
    best.offer(2, 0f);
    best.offer(1, -0f);
    assertThat(best.toResult(1, 2, SearchResult.Method.SCAN).id(0)).isEqualTo(1);
  }

  @Example
  void ranksBeyondTheResultAreRefused() {
    TopK best = new TopK(5);
    best.offer(1, 1);
    SearchResult result = best.toResult(1, 1, SearchResult.Method.SCAN);

    assertThat(result.size()).isEqualTo(1);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> result.id(1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> result.score(-1));
  }
}
