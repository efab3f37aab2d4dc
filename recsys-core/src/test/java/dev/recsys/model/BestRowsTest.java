package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BestRowsTest {
  @Property(tries = 200)
  void keepsWhatSortingPutsFirst(
      @ForAll @Size(max = 30) List<@IntRange(max = 9) Integer> scores,
      @ForAll @IntRange(min = 1, max = 8) int most) {
    BestRows best = new BestRows(most);
    List<Integer> sorted = new ArrayList<>();
    for (int row = 0; row < scores.size(); row++) {
      best.offer(row, scores.get(row));
      sorted.add(row);
    }
    sorted.sort(Comparator.comparing((Integer row) -> -scores.get(row)));
    List<Integer> kept = new ArrayList<>();
    for (int rank = 0; rank < best.size(); rank++) {
      kept.add(best.row(rank));
    }
    assertThat(kept).isEqualTo(sorted.subList(0, Math.min(most, sorted.size())));
  }
}
