package dev.recsys.index.embedded;

import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.AutoIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.HnswlibIndex;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.IndexType;

/** The index that parameters ask for. */
final class Indexes {
  private Indexes() {}

  static AnnIndex empty(int dimension, IndexParams params) {
    return switch (params.type()) {
      case FLAT -> ExactIndex.builder(dimension, params.metric()).build();
      case HNSW ->
          HnswIndex.builder(dimension, params.metric())
              .m(params.m())
              .efConstruction(params.efConstruction())
              .build();
      case IVF_FLAT, AUTOINDEX -> choosing(dimension, params).build();
      case HNSWLIB ->
          HnswlibIndex.builder(dimension, params.metric())
              .m(params.m())
              .efConstruction(params.efConstruction())
              .build();
    };
  }

  /** Returns a builder of an index that chooses by itself, with the graph's parameters if named. */
  static AutoIndex.Builder choosing(int dimension, IndexParams params) {
    AutoIndex.Builder builder = AutoIndex.builder(dimension, params.metric());
    return params.type() == IndexType.AUTOINDEX
        ? builder.m(params.m()).efConstruction(params.efConstruction())
        : builder;
  }
}
