package dev.recsys.index.milvus;

import dev.recsys.index.VectorStore;
import dev.recsys.index.VectorStoreContract;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.milvus.MilvusServer;
import dev.recsys.milvus.WithMilvus;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithMilvus.class)
class MilvusExactIT extends VectorStoreContract {
  @Override
  protected VectorStore open() {
    return EmptyStore.at(MilvusServer.URI);
  }

  @Override
  protected IndexParams index(MetricType metric) {
    return IndexParams.flat(metric);
  }

  @Override
  protected boolean findsZerosByCosine() {
    return false;
  }
}
