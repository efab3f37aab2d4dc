package dev.recsys.index.schema;

/** How the vectors of a collection are searched. */
public enum IndexType {
  /** Every vector is compared: exact, the best choice for small collections. */
  FLAT,
  /** A hierarchical navigable small world graph: approximate, for large collections. */
  HNSW,
  /** A navigable small world graph of the library hnswlib-core: approximate. */
  HNSWLIB,
  /**
   * Vectors in lists around centroids, of which a search looks into some: a Milvus server's. In
   * process it is searched as {@link #AUTOINDEX} is, at no less recall.
   */
  IVF_FLAT,
  /** Exact as long as that is cheaper than a graph by measured cost, then a graph. */
  AUTOINDEX
}
