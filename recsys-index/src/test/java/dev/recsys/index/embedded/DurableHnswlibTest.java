package dev.recsys.index.embedded;

import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;

class DurableHnswlibTest extends DurableExactTest {
  @Override
  protected IndexParams index(MetricType metric) {
    return IndexParams.hnswlib(metric);
  }
}
