package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;

/** An index that is told at every opportunity that the other kind is cheaper. */
class AutoIndexContractTest extends AnnIndexContract {
  @Override
  AnnIndex index(int dimension, MetricType metric) {
    AutoIndex[] index = new AutoIndex[1];
    index[0] =
        AutoIndex.builder(dimension, metric)
            .m(16)
            .efConstruction(100)
            .minSize(1)
            .dice(() -> 0)
            .executor(Runnable::run)
            .cost((result, nanos) -> cost(index[0], result))
            .build();
    return index[0];
  }

  /** What a graph serves it is dear to walk through; what an exact index serves, to scan. */
  private static double cost(AutoIndex index, SearchResult result) {
    boolean graphServes = index.serving() instanceof HnswIndex;
    boolean scanned = result.method() == SearchResult.Method.SCAN;
    return graphServes == scanned ? 1e3 : 1e9;
  }

  @Override
  double recall() {
    return 0.97;
  }
}
