package dev.recsys.index.embedded;

import dev.recsys.index.VectorStore;
import dev.recsys.index.VectorStoreContract;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;

class InMemoryAutoTest extends VectorStoreContract {
  @Override
  protected VectorStore open() {
    return EmbeddedVectorStore.inMemory();
  }

  @Override
  protected IndexParams index(MetricType metric) {
    return IndexParams.auto(metric);
  }
}
