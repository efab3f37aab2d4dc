package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HnswChurnTest {
  private static final int DIMENSION = 112;
  private static final int COUNT = 1_500;
  private static final int TURNOVERS = 10;

  private static HnswIndex index() {
    return HnswIndex.builder(DIMENSION, MetricType.IP).m(8).efConstruction(60).seed(3).build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenTurnoversLoseNoRecallAgainstAFreshBuildAndTakeNoMoreSlots(boolean removeFirst) {
    float[][] pool = VectorSets.lowRank(3 * COUNT, DIMENSION, 8, 1);
    float[][] queries = VectorSets.lowRank(200, DIMENSION, 8, 2);
    float[][] now = new float[COUNT][];
    HnswIndex churned = index();
    Random random = new Random(4);
    for (int change = 0; change < (1 + TURNOVERS) * COUNT; change++) {
      int id = change < COUNT ? change : random.nextInt(COUNT);
      now[id] = pool[change % pool.length];
      if (removeFirst) {
        churned.remove(id);
      }
      churned.add(id, now[id]);
    }
    HnswIndex fresh = index();
    ExactIndex exact = ExactIndex.builder(DIMENSION, MetricType.IP).build();
    VectorSets.addAll(fresh, now);
    VectorSets.addAll(exact, now);
    assertThat(churned.live().graph.cells).isNotNull();
    assertThat(churned.size()).isEqualTo(COUNT);
    assertThat(churned.slotsInUse()).isLessThanOrEqualTo(COUNT + COUNT / 64 + 2);
    assertThat(HnswIndexTest.recall(churned, exact, queries, 64, null))
        .isGreaterThan(HnswIndexTest.recall(fresh, exact, queries, 64, null) - 0.005);
  }

  @Test
  void cellsThatWereDroppedComeBackAfterOneTurnover() {
    HnswIndex index = index();
    float[][] vectors = VectorSets.lowRank(COUNT, DIMENSION, 8, 5);
    VectorSets.addAll(index, vectors);
    LiveGraph live = index.live();
    assertThat(live.graph.cells).isNotNull();
    live.graph = live.graph.withCodes(live.graph.codes, null);
    for (int i = 0; i < COUNT; i++) {
      index.add(i, vectors[COUNT - 1 - i]);
    }
    Cells again = Objects.requireNonNull(live.graph.cells, "cells");
    int members = 0;
    for (Cell cell : again.cells()) {
      members += cell.count();
    }
    assertThat(members).isEqualTo(COUNT);
  }
}
