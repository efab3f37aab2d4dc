package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  /** A vector that tells which id and which write it belongs to. */
  private static float[] marked(int dimension, long id, int write) {
    float[] vector = new float[dimension];
    vector[0] = (float) id;
    vector[dimension - 1] += write * 0.5f;
    return vector;
  }

  private static Map<Long, float[]> contents(Rows rows, int dimension) {
    Map<Long, float[]> contents = new HashMap<>();
    for (int slot = 0; slot < rows.size(); slot++) {
      float[] vector = new float[dimension];
      rows.read(slot, vector, 0);
      assertThat(contents.put(rows.id(slot), vector)).isNull();
    }
    return contents;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9_000, 32_768})
  void holdExactlyWhatWasPutAndNotRemoved(int dimension) {
    Random random = new Random(dimension);
    Rows rows = new Rows(dimension);
    Map<Long, float[]> reference = new HashMap<>();
    int ids = dimension < 10 ? 500 : 60;
    for (int write = 0; write < 4 * ids; write++) {
      long id = random.nextInt(ids);
      if (random.nextInt(4) == 0) {
        assertThat(rows.remove(id) != LongIntMap.ABSENT).isEqualTo(reference.remove(id) != null);
      } else {
        float[] vector = marked(dimension, id, write % 64);
        rows.put(id, vector);
        reference.put(id, vector);
      }
    }

    Map<Long, float[]> contents = contents(rows, dimension);
    assertThat(rows.size()).isEqualTo(reference.size());
    assertThat(contents.keySet()).isEqualTo(reference.keySet());
    reference.forEach(
        (id, vector) ->
            assertThat(Objects.requireNonNull(contents.get(id))).containsExactly(vector));
  }

  @Test
  void growIntoSeveralBlocksAndBackToNone() {
    Rows rows = new Rows(20_000);
    for (long id = 0; id < 30; id++) {
      rows.put(id, marked(20_000, id, 0));
    }
    assertThat(rows.blockOf(7)).isSameAs(rows.blockOf(0));
    assertThat(rows.blockOf(8)).isNotSameAs(rows.blockOf(7));
    assertThat(rows.blockOf(29)).isSameAs(rows.blockOf(24));
    assertThat(rows.offset(29)).isEqualTo(5 * 20_000);
    for (long id = 0; id < 30; id++) {
      assertThat(rows.remove(id)).isNotEqualTo(LongIntMap.ABSENT);
      assertThat(rows.contains(id)).isFalse();
    }
    assertThat(rows.size()).isZero();

    rows.put(5, marked(20_000, 5, 1));
    assertThat(contents(rows, 20_000)).containsOnlyKeys(5L);
  }

  @Test
  void aSmallIndexTakesLittleRoom() {
    Rows rows = new Rows(200);
    for (long id = 0; id < 20; id++) {
      rows.put(id, new float[200]);
    }
    assertThat(rows.blockOf(0)).hasSizeLessThanOrEqualTo(32 * 200);
  }
}
