package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.data.Rating;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static final Interactions DATA =
      Interactions.of(
          TinyData.training(
              TinyData.of(
                  3,
                  5,
                  new double[] {0, 3, 5},
                  new double[] {1, 3, 4},
                  new double[] {1, 2, 5},
                  new double[] {2, 0, 4},
                  new double[] {2, 1, 3})));

  @Test
  void itemsAreNumberedByLikesThenById() {
    assertThat(IntStream.range(0, 5).mapToLong(DATA::id)).containsExactly(3L, 0L, 2L, 1L, 4L);
    assertThat(DATA.items()).isEqualTo(5);
    assertThat(DATA.likedItems()).isEqualTo(3);
  }

  @Test
  void likesAreRatingsOfFourStarsOrMore() {
    assertThat(DATA.byUser()).isDeepEqualTo(new int[][] {{0}, {0, 2}, {1}});
    assertThat(DATA.byItem()).isDeepEqualTo(new int[][] {{0, 1}, {2}, {1}, {}, {}});
  }

  @Test
  void historyIsTurnedIntoNumbersOfKnownItems() {
    List<Rating> history =
        List.of(Rating.of(2, 5), Rating.of(3, 4), Rating.of(0, 3), Rating.of(77, 5));
    assertThat(DATA.liked(history)).containsExactly(0, 2);
    assertThat(DATA.liked(List.of())).isEmpty();
  }

  @Property(tries = 100)
  void commonLikesAreCountedAsByComparingAllPairs(
      @ForAll @IntRange(max = 80) int rows, @ForAll long seed) {
    Interactions data = Interactions.of(TinyData.training(TinyData.random(8, 9, rows, seed)));
    for (int item = 0; item < 9; item++) {
      double[] counts = new double[9];
      data.addCommonLikes(item, counts);
      for (int other = 0; other < 9; other++) {
        assertThat(counts[other]).isEqualTo(common(data, item, other));
      }
    }
  }

  private static double common(Interactions data, int item, int other) {
    return Arrays.stream(data.byUser())
        .filter(likes -> Arrays.binarySearch(likes, item) >= 0)
        .filter(likes -> Arrays.binarySearch(likes, other) >= 0)
        .count();
  }
}
