package dev.recsys.index.schema;

/** How the vectors of a collection are searched. */
public enum IndexType {
  /** Every vector is compared: exact, the best choice for small collections. */
  FLAT,
  /** A hierarchical navigable small world graph: approximate, for large collections. */
  HNSW,
  /** A navigable small world graph of the library hnswlib-core: approximate. */
  HNSWLIB
}
