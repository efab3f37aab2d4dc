package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DistinctRowsTest {
  @Property(tries = 100)
  void everyBatchIsItsDistinctRowsAtItsPlaces(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 40) int batchSize) {
    Random random = new Random(seed);
    int[] column = random.ints(100, 0, rows).toArray();
    int[] order = random.ints(100, 0, 100).toArray();
    DistinctRows distinct = new DistinctRows(rows, batchSize);
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      int[] places = distinct.places(column, order, from, to);
      Set<Integer> expected = new LinkedHashSet<>();
      for (int i = from; i < to; i++) {
        assertThat(distinct.rows()[places[i - from]]).isEqualTo(column[order[i]]);
        expected.add(column[order[i]]);
      }
      assertThat(distinct.size()).isEqualTo(expected.size());
      assertThat(places).hasSize(to - from);
    }
  }
}
