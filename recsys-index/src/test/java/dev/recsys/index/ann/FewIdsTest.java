package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When ids are looked up instead of asked for. */
class FewIdsTest {
  private static final int DIMENSION = 32;
  private static final int SIZE = 20_000;

  private final Rows rows = new Rows(DIMENSION);

  @BeforeEach
  void fill() {
    for (int id = 0; id < SIZE; id++) {
      rows.put(id, new float[DIMENSION]);
    }
  }

  private static IdSet first(int count) {
    return IdSet.of(LongStream.range(0, count).toArray());
  }

  private @Nullable IdSet chosen(IdSet ids, int k, @Nullable Codes codes) {
    return FewIds.of(ids, k, rows, codes, 0.02);
  }

  @Test
  void onlySetsAreLookedUp() {
    assertThat(FewIds.of(null, 10, rows, null, 0.02)).isNull();
    assertThat(FewIds.of(id -> id == 1, 10, rows, null, 0.02)).isNull();
    IdSet one = first(1);
    assertThat(chosen(one, 10, null)).isSameAs(one);
  }

  @Test
  void moreAreLookedUpWhereAScanCostsMore() {
    Codes codes =
        new Codes(new CodeSpace(MetricType.IP, DIMENSION, null, DIMENSION, 1), new Rows(DIMENSION));
    assertThat(chosen(first(100), 10, codes)).isNotNull();
    assertThat(chosen(first(SIZE / 2), 10, codes)).isNull();
    assertThat(chosen(first(SIZE / 20), 10, null)).isNotNull();
    assertThat(chosen(first(SIZE / 2), 10, null)).isNull();
    IdSet some = first(1_200);
    assertThat(chosen(some, 1, codes)).isNull();
    assertThat(chosen(some, 1_000, codes)).isNotNull();
  }

  @Test
  void aSetOfManyMoreIdsThanRowsIsAskedInstead() {
    assertThat(chosen(first(50 * SIZE), 10, null)).isNull();
  }
}
