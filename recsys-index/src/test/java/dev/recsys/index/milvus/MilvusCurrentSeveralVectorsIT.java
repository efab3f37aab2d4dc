package dev.recsys.index.milvus;

import dev.recsys.index.SeveralVectorsContract;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithCurrentMilvus.class)
class MilvusCurrentSeveralVectorsIT extends SeveralVectorsContract {
  @Override
  protected VectorStore open() {
    return EmptyStore.at(WithCurrentMilvus.uri());
  }

  @Override
  protected IndexParams index(MetricType metric) {
    return IndexParams.flat(metric);
  }
}
