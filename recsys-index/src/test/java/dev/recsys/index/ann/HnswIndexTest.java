package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.MetricType;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HnswIndexTest extends AnnIndexContract {
  @Override
  AnnIndex index(int dimension, MetricType metric) {
    return hnsw(dimension, metric);
  }

  private static HnswIndex hnsw(int dimension, MetricType metric) {
    return HnswIndex.builder(dimension, metric).m(16).efConstruction(100).seed(7).build();
  }

  @Override
  double recall() {
    return 0.97;
  }

  static double recall(
      AnnIndex actual, AnnIndex exact, float[][] queries, int ef, @Nullable LongPredicate accept) {
    int found = 0;
    int wanted = 0;
    for (float[] query : queries) {
      List<Long> expected = ids(exact.search(query, 10, 0, accept));
      wanted += expected.size();
      found +=
          (int)
              ids(actual.search(query, 10, ef, accept)).stream().filter(expected::contains).count();
    }
    return (double) found / wanted;
  }

  private static ExactIndex exact(float[][] vectors, MetricType metric) {
    ExactIndex exact = ExactIndex.builder(vectors[0].length, metric).build();
    VectorSets.addAll(exact, vectors);
    return exact;
  }

  @ParameterizedTest
  @EnumSource
  void findsNearlyAllNeighboursWhereThePrefixIsShort(MetricType metric) {
    float[][] vectors = VectorSets.lowRank(6_000, 128, 16, 1);
    HnswIndex index = hnsw(128, metric);
    VectorSets.addAll(index, vectors);
    float[][] queries = VectorSets.lowRank(100, 128, 16, 2);
    assertThat(recall(index, exact(vectors, metric), queries, 100, null)).isGreaterThan(0.98);
  }

  @ParameterizedTest
  @EnumSource
  void findsNearlyAllNeighboursWhereTheSpectrumIsFlat(MetricType metric) {
    float[][] vectors = VectorSets.flat(4_000, 24, 3);
    HnswIndex index = hnsw(24, metric);
    VectorSets.addAll(index, vectors);
    float[][] queries = VectorSets.flat(100, 24, 4);
    assertThat(recall(index, exact(vectors, metric), queries, 200, null)).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"0.7", "2", "4"})
  void longVectorsAreFoundByInnerProductHoweverUnevenTheLengths(double spread) {
    float[][] vectors = VectorSets.uneven(VectorSets.lowRank(5_000, 64, 12, 5), spread, 6);
    HnswIndex index = hnsw(64, MetricType.IP);
    VectorSets.addAll(index, vectors);
    float[][] queries = VectorSets.lowRank(100, 64, 12, 7);
    assertThat(recall(index, exact(vectors, MetricType.IP), queries, 100, null))
        .isGreaterThan(0.97);
  }

  @Test
  void vectorsThatComeInOrderOfLengthAreFound() {
    float[][] vectors = VectorSets.flat(3_000, 16, 8);
    for (int i = 0; i < vectors.length; i++) {
      for (int c = 0; c < 16; c++) {
        vectors[i][c] *= 1 + i / 100f;
      }
    }
    HnswIndex index = hnsw(16, MetricType.IP);
    VectorSets.addAll(index, vectors);
    assertThat(recall(index, exact(vectors, MetricType.IP), VectorSets.flat(100, 16, 9), 100, null))
        .isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"2", "5", "10", "30", "100", "3000"})
  void filtersOfAnySelectivityAreMet(int keep) {
    float[][] vectors = VectorSets.lowRank(6_000, 64, 12, 10);
    HnswIndex index = hnsw(64, MetricType.COSINE);
    VectorSets.addAll(index, vectors);
    Random random = new Random(11);
    boolean[] kept = new boolean[vectors.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextInt(keep) == 0;
    }
    kept[17] = true;
    LongPredicate accept = id -> kept[(int) id];
    float[][] queries = VectorSets.lowRank(50, 64, 12, 12);
    assertThat(recall(index, exact(vectors, MetricType.COSINE), queries, 100, accept))
        .isGreaterThan(0.95);
    for (float[] query : queries) {
      assertThat(ids(index.search(query, 10, 0, accept))).allMatch(accept::test);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,0.5", "true,0.1", "true,0.03", "false,0.5", "false,0.1", "false,0.03"})
  void filtersThatDependOnThePlaceKeepRecall(boolean near, double part) {
    float[][] vectors = VectorSets.lowRank(8_000, 128, 12, 20);
    HnswIndex index = hnsw(128, MetricType.IP);
    VectorSets.addAll(index, vectors);
    float[][] queries = VectorSets.lowRank(60, 128, 12, 21);
    SearchResult order = exact(vectors, MetricType.IP).search(queries[0], 8_000, 0, null);
    boolean[] kept = new boolean[vectors.length];
    long[] ids = new long[(int) (part * kept.length)];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = order.id(near ? i : kept.length - 1 - i);
      kept[(int) ids[i]] = true;
    }
    ExactIndex exact = exact(vectors, MetricType.IP);
    assertThat(recall(index, exact, queries, 64, id -> kept[(int) id])).isGreaterThan(0.97);
    assertThat(recall(index, exact, queries, 64, IdSet.of(ids))).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"0.7", "2", "4"})
  void unevenLengthsAreFoundThroughCells(double spread) {
    float[][] vectors = VectorSets.uneven(VectorSets.lowRank(5_000, 128, 12, 22), spread, 23);
    HnswIndex index = hnsw(128, MetricType.IP);
    VectorSets.addAll(index, vectors);
    float[][] queries = VectorSets.lowRank(100, 128, 12, 24);
    assertThat(recall(index, exact(vectors, MetricType.IP), queries, 64, null)).isGreaterThan(0.97);
  }

  @Test
  void tenTurnoversNeitherLoseRecallNorTakeMoreSlots() {
    int count = 3_000;
    HnswIndex index = hnsw(48, MetricType.COSINE);
    for (int turnover = 0; turnover < 10; turnover++) {
      float[][] vectors = VectorSets.lowRank(count, 48, 12, 100 + turnover);
      for (int i = 0; i < count; i++) {
        if (turnover % 2 == 0) {
          index.remove(i);
        }
        index.add(i, vectors[i]);
      }
    }
    float[][] last = VectorSets.lowRank(count, 48, 12, 109);
    HnswIndex fresh = hnsw(48, MetricType.COSINE);
    VectorSets.addAll(fresh, last);
    float[][] queries = VectorSets.lowRank(300, 48, 12, 13);
    ExactIndex exact = exact(last, MetricType.COSINE);

    assertThat(index.size()).isEqualTo(count);
    assertThat(index.slotsInUse()).isLessThan(count + count / 32);
    assertThat(recall(index, exact, queries, 64, null))
        .isGreaterThan(recall(fresh, exact, queries, 64, null) - 0.005);
  }

  @Test
  void equalSeedsAndCallsGiveEqualIndexes() {
    float[][] vectors = VectorSets.lowRank(2_500, 32, 8, 14);
    float[][] queries = VectorSets.lowRank(50, 32, 8, 15);
    HnswIndex one = hnsw(32, MetricType.L2);
    HnswIndex two = hnsw(32, MetricType.L2);
    VectorSets.addAll(one, vectors);
    VectorSets.addAll(two, vectors);
    for (float[] query : queries) {
      SearchResult first = one.search(query, 10, 12, null);
      SearchResult second = two.search(query, 10, 12, null);
      assertThat(ids(first)).isEqualTo(ids(second));
      assertThat(first.visited()).isEqualTo(second.visited());
    }
  }

  @Test
  void aWiderEfVisitsMoreAndFewerThanAll() {
    float[][] vectors = VectorSets.flat(4_000, 16, 16);
    HnswIndex index = hnsw(16, MetricType.L2);
    VectorSets.addAll(index, vectors);
    int narrow = index.search(vectors[0], 5, 10, null).visited();
    int wide = index.search(vectors[0], 5, 100, null).visited();
    assertThat(narrow).isLessThan(wide);
    assertThat(wide).isLessThan(4_000);
    assertThat(index.search(vectors[0], 5, 4_000, null).visited()).isEqualTo(4_000);
  }

  @Test
  void aSetThatWasEmptiedIsFilledAgain() {
    float[][] vectors = VectorSets.flat(2_000, 8, 17);
    HnswIndex index = hnsw(8, MetricType.L2);
    for (int round = 0; round < 3; round++) {
      VectorSets.addAll(index, vectors);
      assertThat(index.search(vectors[5], 1, 20, null).id(0)).isEqualTo(5);
      for (int i = 0; i < vectors.length; i++) {
        assertThat(index.remove(i)).isTrue();
      }
      assertThat(index.size()).isZero();
      assertThat(index.search(vectors[5], 1, 20, null).size()).isZero();
    }
    assertThat(index.slotsInUse()).isEqualTo(2_000);
  }

  @Test
  void overwritesThatHardlyMoveAVectorDoNotCutItOff() {
    float[][] vectors = VectorSets.lowRank(2_000, 24, 8, 18);
    HnswIndex index = hnsw(24, MetricType.L2);
    VectorSets.addAll(index, vectors);
    for (int version = 1; version <= 6; version++) {
      for (int i = 0; i < 300; i++) {
        vectors[i][0] += 1e-4f;
        index.add(i, vectors[i]);
      }
    }
    int scanned = 0;
    int found = 0;
    ExactIndex exact = exact(vectors, MetricType.L2);
    for (int i = 0; i < 300; i++) {
      SearchResult result = index.search(vectors[i], 10, 50, null);
      scanned += result.visited() >= 2_000 ? 1 : 0;
      List<Long> expected = ids(exact.search(vectors[i], 10, 0, null));
      found += (int) ids(result).stream().filter(expected::contains).count();
    }
    assertThat(scanned).isZero();
    assertThat(found).isGreaterThan(2_970);
  }

  @Test
  void manyEqualVectorsDoNotHideTheOthers() {
    HnswIndex index = hnsw(4, MetricType.L2);
    for (int i = 0; i < 2_000; i++) {
      index.add(i, new float[] {1, 1, 1, 1});
    }
    for (int i = 0; i < 50; i++) {
      index.add(5_000 + i, new float[] {1, 1, 1, 2 + i});
    }
    SearchResult result = index.search(new float[] {1, 1, 1, 40}, 1, 64, null);
    assertThat(result.id(0)).isEqualTo(5_038);
  }

  @Test
  void parametersOutsideTheirRangesAreRefused() {
    HnswIndex.Builder builder = HnswIndex.builder(4, MetricType.IP);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.m(2_049))
        .withMessage("m: must lie in 2..2048, received 2049");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.efConstruction(0))
        .withMessageContaining("efConstruction");
  }
}
