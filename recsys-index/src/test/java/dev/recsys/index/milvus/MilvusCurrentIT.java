package dev.recsys.index.milvus;

import dev.recsys.index.VectorStore;
import dev.recsys.index.VectorStoreContract;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithCurrentMilvus.class)
class MilvusCurrentIT extends VectorStoreContract {
  @Override
  protected VectorStore open() {
    MilvusVectorStore store = MilvusVectorStore.connect(WithCurrentMilvus.uri());
    store.aliases().keySet().forEach(store::dropAlias);
    store.list().forEach(store::drop);
    return store;
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
