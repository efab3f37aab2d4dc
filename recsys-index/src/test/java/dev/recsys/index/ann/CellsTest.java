package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
  private static final int DIMENSION = 24;

  private static GraphCodes codes(float[][] vectors, MetricType metric) {
    Projection all = Projection.identity(DIMENSION);
    GraphCodes codes = new GraphCodes(metric, all, new byte[0][]).withCapacity(vectors.length);
    for (int i = 0; i < vectors.length; i++) {
      codes.encode(i, vectors[i], new float[DIMENSION]);
    }
    return codes;
  }

  private static void assertHolds(Cells cells, Set<Integer> expected) {
    Set<Integer> slots = new TreeSet<>();
    int total = 0;
    for (Cell cell : cells.cells()) {
      int members = 0;
      for (int slot : cell.slots) {
        if (slot != Cell.FREE) {
          slots.add(slot);
          members++;
        }
      }
      assertThat(cell.count()).isEqualTo(members);
      total += members;
    }
    assertThat(total).isEqualTo(slots.size());
    assertThat(slots).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void everySlotIsInOneCellWhateverComesAndGoes(MetricType metric) {
    float[][] vectors = VectorSets.lowRank(3_000, DIMENSION, 8, 1);
    GraphCodes codes = codes(vectors, metric);
    Cells cells = new Cells(metric, DIMENSION, 3);
    Set<Integer> expected = new TreeSet<>();
    Random random = new Random(2);
    for (int i = 0; i < 12_000; i++) {
      int slot = random.nextInt(vectors.length);
      if (random.nextInt(4) > 0) {
        cells.add(codes, slot);
        expected.add(slot);
      } else {
        cells.remove(codes, slot);
        expected.remove(slot);
      }
    }
    assertHolds(cells, expected);
    Cells refined = cells.refined(codes);
    assertHolds(refined, expected);
    assertThat(refined.stale()).isFalse();
    for (int slot : expected) {
      refined.remove(codes, slot);
    }
    assertThat(refined.cells()).isEmpty();
  }

  @Test
  void equalVectorsArePartedAllTheSame() {
    float[][] vectors = new float[1_000][DIMENSION];
    GraphCodes codes = codes(vectors, MetricType.IP);
    Cells cells = new Cells(MetricType.IP, DIMENSION, 1);
    Set<Integer> expected = new TreeSet<>();
    for (int i = 0; i < vectors.length; i++) {
      cells.add(codes, i);
      expected.add(i);
    }
    assertHolds(cells, expected);
  }

  @ParameterizedTest
  @CsvSource({"IP,1", "IP,1e6", "L2,1", "L2,1e-6"})
  void sumsAreScoresAndFreeLanesTheLeast(MetricType metric, float scale) {
    float[][] vectors = VectorSets.flat(200, DIMENSION, 3);
    for (float[] vector : vectors) {
      for (int c = 0; c < DIMENSION; c++) {
        vector[c] *= scale;
      }
    }
    GraphCodes codes = codes(vectors, metric);
    Cells cells = new Cells(metric, DIMENSION, 5 * scale);
    for (int i = 0; i < vectors.length; i++) {
      cells.add(codes, i);
    }
    CellQuery query = new CellQuery(DIMENSION);
    query.begin(vectors[0], metric == MetricType.L2 ? cells.lift : 0, 0);
    short[] sums = new short[Cell.SIZE];
    Cell cell = cells.cells()[0];
    query.sum(cell, sums, 0, new short[Kernels.MAXIMA], 0);
    for (int lane = 0; lane < Cell.SIZE; lane++) {
      if (lane >= cell.slots.length || cell.slots[lane] == Cell.FREE) {
        assertThat(sums[lane]).isEqualTo(Cell.FREE_SUM);
        continue;
      }
      float[] other = vectors[cell.slots[lane]];
      double exact = 0;
      for (int c = 0; c < DIMENSION; c++) {
        exact += vectors[0][c] * other[c] - (metric == MetricType.L2 ? other[c] * other[c] / 2 : 0);
      }
      double estimate = query.base(cell) + sums[lane] * query.unit(cell);
      assertThat(estimate / scale / scale)
          .isCloseTo(exact / scale / scale, org.assertj.core.data.Offset.offset(2.0));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void afterASplitTheNearestCellMayBeFullToo(long seed) {
    float[][] vectors = VectorSets.lowRank(3_000, DIMENSION, 20, seed);
    GraphCodes codes = codes(vectors, MetricType.IP);
    Cells cells = new Cells(MetricType.IP, DIMENSION, 3);
    Set<Integer> expected = new TreeSet<>();
    for (int i = 0; i < vectors.length; i++) {
      cells.add(codes, i);
      expected.add(i);
    }
    assertHolds(cells, expected);
  }

  @Test
  void aCellHasRoomForAsManyBlocksAsItNeeds() {
    float[][] vectors = VectorSets.flat(200, DIMENSION, 8);
    GraphCodes codes = codes(vectors, MetricType.IP);
    Cells cells = new Cells(MetricType.IP, DIMENSION, 20);
    for (int i = 0; i < vectors.length; i++) {
      cells.add(codes, i);
      int blocks = i / Cell.BLOCK + 1;
      assertThat(cells.cells()[0].slots).hasSize(blocks * Cell.BLOCK);
    }
  }

  @Test
  void halvesAreNeitherSmallerThanAQuarter() {
    float[] points = new float[256];
    points[17] = 100;
    Halves halves = new Halves(points, 1);
    int seconds = 0;
    for (int i = 0; i < 256; i++) {
      seconds += halves.side(i);
    }
    assertThat(seconds).isBetween(64, 192);
  }
}
