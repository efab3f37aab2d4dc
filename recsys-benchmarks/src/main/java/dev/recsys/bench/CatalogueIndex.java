package dev.recsys.bench;

import dev.recsys.features.Item;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.HnswlibIndex;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;

/** The indexes that a catalogue can be searched with. */
public enum CatalogueIndex {
  /** Exact, by pruned scan. */
  EXACT {
    @Override
    AnnIndex empty(int dimension) {
      return ExactIndex.builder(dimension, MetricType.IP).build();
    }
  },
  /** This project's graph. */
  HNSW {
    @Override
    AnnIndex empty(int dimension) {
      return HnswIndex.builder(dimension, MetricType.IP).m(16).efConstruction(200).seed(7).build();
    }
  },
  /** The graph of hnswlib-core, with this project's inner product. */
  HNSWLIB {
    @Override
    AnnIndex empty(int dimension) {
      return HnswlibIndex.builder(dimension, MetricType.IP).m(16).efConstruction(200).build();
    }
  };

  abstract AnnIndex empty(int dimension);

  /** Returns an index of all items of a model. */
  AnnIndex of(FusionModel model) {
    AnnIndex index = empty(model.dimension());
    for (Item item : model.items()) {
      index.add(item.id(), model.itemVector(item.id()));
    }
    return index;
  }
}
