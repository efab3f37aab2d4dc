package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import org.junit.jupiter.api.Test;

/** Results say how they were found. */
class SearchMethodTest {
  private static final float[][] VECTORS = VectorSets.lowRank(1_500, 24, 6, 1);
  private static final float[] QUERY = VectorSets.lowRank(1, 24, 6, 2)[0];

  private static AnnIndex filled(AnnIndex index) {
    VectorSets.addAll(index, VECTORS);
    return index;
  }

  private static AnnIndex hnsw() {
    return HnswIndex.builder(24, MetricType.IP).m(8).efConstruction(40).build();
  }

  private static AnnIndex hnswlib() {
    return HnswlibIndex.builder(24, MetricType.IP).m(8).efConstruction(40).build();
  }

  @Test
  void exactIndexesScan() {
    AnnIndex index = ExactIndex.builder(24, MetricType.IP).executor(Runnable::run).build();
    assertThat(filled(index).search(QUERY, 3, 0, null).method())
        .isEqualTo(SearchResult.Method.SCAN);
  }

  @Test
  void graphsAreWalkedForTheFewNearest() {
    for (AnnIndex index : new AnnIndex[] {hnsw(), hnswlib()}) {
      SearchResult result = filled(index).search(QUERY, 5, 20, null);
      assertThat(result.method()).isEqualTo(SearchResult.Method.GRAPH);
    }
  }

  @Test
  void graphsScanForManyOrWhereFewAreAccepted() {
    for (AnnIndex index : new AnnIndex[] {hnsw(), hnswlib()}) {
      filled(index);
      assertThat(index.search(QUERY, 1_000, 0, null).method()).isEqualTo(SearchResult.Method.SCAN);
      assertThat(index.search(QUERY, 3, 20, id -> id == 7).method())
          .isEqualTo(SearchResult.Method.SCAN);
    }
  }

  @Test
  void emptyIndexesHaveNothingToWalk() {
    for (AnnIndex index : new AnnIndex[] {hnsw(), hnswlib()}) {
      SearchResult result = index.search(QUERY, 3, 0, null);
      assertThat(result.size()).isZero();
      assertThat(result.method()).isEqualTo(SearchResult.Method.SCAN);
    }
  }
}
