package dev.recsys.index.embedded;

import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;

class ReopenedAutoTest extends ReopenedExactTest {
  @Override
  protected IndexParams index(MetricType metric) {
    return IndexParams.auto(metric);
  }
}
