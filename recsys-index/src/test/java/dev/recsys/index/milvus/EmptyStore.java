package dev.recsys.index.milvus;

/** A server from which everything was removed. */
final class EmptyStore {
  private EmptyStore() {}

  static MilvusVectorStore at(String uri) {
    MilvusVectorStore store = MilvusVectorStore.connect(uri);
    store.aliases().keySet().forEach(store::dropAlias);
    store.list().forEach(store::drop);
    return store;
  }
}
