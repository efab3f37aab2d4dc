package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of ids that a graph is asked to search in again and again. */
class HnswFilterTest {
  private static final int COUNT = 6_000;
  private static final int DIMENSION = 128;

  /** From so many searches on whatever is remembered of a set is used. */
  private static final int MANY = 200;

  private static HnswIndex index(float[][] vectors, MetricType metric) {
    HnswIndex index = HnswIndex.builder(DIMENSION, metric).efConstruction(100).build();
    VectorSets.addAll(index, vectors);
    assertThat(index.live().graph.cells).isNotNull();
    return index;
  }

  private static float[][] vectors(long seed) {
    return VectorSets.lowRank(COUNT, DIMENSION, 12, seed);
  }

  /** Every so many ids, and one that no index has. */
  private static IdSet every(int step) {
    return IdSet.of(
        LongStream.concat(
                LongStream.range(0, COUNT).filter(id -> id % step == 0), LongStream.of(1 << 30))
            .toArray());
  }

  private static List<Long> search(HnswIndex index, float[] query, IdSet accept) {
    return AnnIndexContract.ids(index.search(query, 10, 100, accept));
  }

  private static void ask(HnswIndex index, float[][] queries, IdSet accept) {
    for (int i = 0; i < MANY; i++) {
      index.search(queries[i % queries.length], 10, 100, accept);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNeighboursAreFoundHoweverOftenASetIsAsked(MetricType metric) {
    float[][] vectors = vectors(1);
    HnswIndex index = index(vectors, metric);
    ExactIndex exact = ExactIndex.builder(DIMENSION, metric).build();
    VectorSets.addAll(exact, vectors);
    float[][] queries = VectorSets.lowRank(100, DIMENSION, 12, 2);
    for (int step : new int[] {2, 5, 12, 20, 100, 1_500}) {
      IdSet ids = every(step);
      for (int round = 0; round < 4; round++) {
        assertThat(HnswIndexTest.recall(index, exact, queries, 64, ids)).isGreaterThan(0.97);
      }
      assertThat(search(index, queries[0], ids)).isNotEmpty().allMatch(ids::test);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 20, 300})
  void aGraphWithoutCellsFindsThemToo(int step) {
    float[][] vectors = VectorSets.flat(4_000, 24, 10);
    HnswIndex index = HnswIndex.builder(24, MetricType.COSINE).efConstruction(100).build();
    VectorSets.addAll(index, vectors);
    assertThat(index.live().graph.cells).isNull();
    ExactIndex exact = ExactIndex.builder(24, MetricType.COSINE).build();
    VectorSets.addAll(exact, vectors);
    float[][] queries = VectorSets.flat(100, 24, 11);
    IdSet ids = every(step);
    for (int round = 0; round < 3; round++) {
      assertThat(HnswIndexTest.recall(index, exact, queries, 200, ids)).isGreaterThan(0.97);
    }
    index.remove(0);
    index.add(step, queries[0]);
    assertThat(search(index, queries[0], ids)).startsWith((long) step);
    assertThat(search(index, vectors[0], ids)).doesNotContain(0L);
    ask(index, queries, ids);
    assertThat(search(index, queries[0], ids)).startsWith((long) step);
    assertThat(search(index, vectors[0], ids)).doesNotContain(0L);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 300})
  void whatIsWrittenIsFoundInASetThatWasAskedBefore(int step) {
    float[][] vectors = vectors(3);
    HnswIndex index = index(vectors, MetricType.COSINE);
    IdSet ids = every(step);
    Random random = new Random(4);
    for (int change = 0; change < 60; change++) {
      ask(index, vectors, ids);
      int id = step * random.nextInt(COUNT / step);
      float[] moved = VectorSets.lowRank(1, DIMENSION, 12, 1_000 + change)[0];
      index.add(id, moved);
      assertThat(search(index, moved, ids)).startsWith((long) id);
      ask(index, vectors, ids);
      assertThat(search(index, moved, ids)).startsWith((long) id);
      index.remove(id);
      assertThat(search(index, moved, ids)).doesNotContain((long) id);
      // the slot that has become free is taken by one that the set does not hold
      index.add(COUNT + change, moved);
      assertThat(search(index, moved, ids)).doesNotContain((long) id, (long) COUNT + change);
      index.add(id, vectors[id]);
      assertThat(search(index, vectors[id], ids)).startsWith((long) id);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void whatAWriterHasAddedIsFoundAtOnceWhileOthersSearch(int step) throws Exception {
    float[][] vectors = vectors(5);
    HnswIndex index = index(vectors, MetricType.COSINE);
    IdSet ids = every(step);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () -> {
              while (!over.get()) {
                ask(index, vectors, ids);
              }
            });
    try {
      for (int id = 0; id < COUNT; id += step) {
        float[] moved = VectorSets.lowRank(1, DIMENSION, 12, 1_000 + id)[0];
        index.add(id, moved);
        assertThat(search(index, moved, ids)).startsWith((long) id);
      }
    } finally {
      over.set(true);
    }
    reader.get(1, TimeUnit.MINUTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 200})
  void fewerThanAreWantedAreFoundWithoutAScanOfAll(int size) {
    float[][] vectors = vectors(6);
    HnswIndex index = index(vectors, MetricType.IP);
    IdSet ids = IdSet.of(LongStream.range(0, size).toArray());
    for (int i = 0; i < MANY; i++) {
      SearchResult found = index.search(vectors[i], 250, 0, ids);
      assertThat(found.size()).isEqualTo(size);
      assertThat(found.visited()).isLessThanOrEqualTo(size);
      assertThat(found.method()).isEqualTo(SearchResult.Method.GRAPH);
    }
  }

  @Test
  void searchesOfAllAndOfOtherSetsInBetweenChangeNothing() {
    float[][] vectors = vectors(12);
    HnswIndex index = index(vectors, MetricType.IP);
    float[][] queries = VectorSets.lowRank(50, DIMENSION, 12, 13);
    for (int step : new int[] {2, 20, 100}) {
      IdSet ids = every(step);
      ask(index, queries, ids);
      List<List<Long>> before = Arrays.stream(queries).map(q -> search(index, q, ids)).toList();
      for (float[] query : queries) {
        index.search(query, 10, 200, null);
        search(index, query, every(3));
      }
      assertThat(Arrays.stream(queries).map(q -> search(index, q, ids)).toList()).isEqualTo(before);
    }
  }

  @Test
  void aScanOfGivenCellsLeavesThemToTheirOwner() {
    float[][] vectors = vectors(14);
    Graph graph = index(vectors, MetricType.IP).live().graph;
    Cells cells = Objects.requireNonNull(graph.cells);
    Cell[] given = new Cell[64];
    Arrays.fill(given, cells.cells()[0]);
    GraphQuery query = new GraphQuery();
    graph.codes.query(vectors[0], cells.components, query);
    CellScan scan = new CellScan();
    scan.begin(cells, given, query, false);
    scan.begin(cells, query, false);
    assertThat(scan.pick(8)).isPositive();
    assertThat(given).containsOnly(cells.cells()[0]);
  }

  @Test
  void oneSetServesSeveralIndexes() {
    float[][] one = vectors(7);
    float[][] other = vectors(8);
    HnswIndex first = index(one, MetricType.COSINE);
    HnswIndex second = index(other, MetricType.COSINE);
    for (IdSet ids : List.of(every(2), every(20))) {
      for (int round = 0; round < 3; round++) {
        ask(first, one, ids);
        assertThat(search(second, other[40], ids)).startsWith(40L);
        ask(second, other, ids);
        assertThat(search(first, one[40], ids)).startsWith(40L);
      }
    }
  }

  @Test
  void aCellIsCopiedAgainOnceItHasChanged() {
    Slots slots = new Slots(1);
    int[] members = IntStream.range(0, 100).map(id -> slots.take(id, 1_000)).toArray();
    Cell cell = new Cell(new float[1], 3, 1, 100);
    for (int lane = 0; lane < 50; lane++) {
      cell.put(lane, members[lane], new float[] {lane / 100f}, new float[1]);
    }
    AcceptedCells accepted = new AcceptedCells(IdSet.of(3, 48, 60));
    Cell before = accepted.of(7, cell, slots);
    assertThat(slotsOf(before)).containsExactly(members[3], members[48]);
    assertThat(accepted.of(7, cell, slots)).isSameAs(before);
    cell.put(50, members[60], new float[] {0.5f}, new float[1]);
    cell.free(3);
    assertThat(slotsOf(accepted.of(7, cell, slots))).containsExactly(members[48], members[60]);
    assertThat(slotsOf(accepted.of(7, cell.grown(), slots)))
        .containsExactly(members[48], members[60]);
  }

  @Test
  void aCopyOfACellHasTheCodesOfItsMembers() {
    Cell cell = new Cell(new float[] {1, 2}, 4, 3, Cell.SIZE);
    Random random = new Random(9);
    for (int lane = 0; lane < Cell.SIZE; lane++) {
      cell.put(
          lane,
          1_000 + lane,
          new float[] {random.nextFloat(), random.nextFloat()},
          new float[] {random.nextFloat()});
    }
    cell.free(150);
    CellQuery query = new CellQuery(2);
    query.begin(new float[] {0.3f, -0.7f}, 0.5f, 0);
    short[] all = new short[Cell.SIZE];
    short[] some = new short[Cell.SIZE];
    short[] maxima = new short[Kernels.MAXIMA];
    query.sum(cell, all, 0, maxima, 0);
    Cell part = cell.only(slot -> slot % 3 == 0);
    query.sum(part, some, 0, maxima, 0);
    int lane = 0;
    for (int from = 0; from < Cell.SIZE; from++) {
      if ((1_000 + from) % 3 == 0 && from != 150) {
        assertThat(part.slots[lane]).isEqualTo(1_000 + from);
        assertThat(some[lane++]).isEqualTo(all[from]);
      }
    }
    assertThat(part.count()).isEqualTo(lane);
    assertThat(Arrays.copyOfRange(some, lane, some.length)).containsOnly(Cell.FREE_SUM);
    assertThat(slotsOf(cell.only(slot -> false))).isEmpty();
  }

  private static int[] slotsOf(Cell cell) {
    return Arrays.stream(cell.slots).filter(slot -> slot != Cell.FREE).toArray();
  }
}
