package dev.recsys.index.embedded;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.List;

/**
 * What is kept of a collection besides its entities.
 *
 * @param partitions the names of its partitions but the default one, in the order of creation
 */
record CollectionDescriptor(
    CollectionSchema schema, IndexParams indexParams, List<String> partitions) {
  CollectionDescriptor {
    partitions = List.copyOf(partitions);
  }

  CollectionDescriptor(CollectionSchema schema, IndexParams indexParams) {
    this(schema, indexParams, List.of());
  }

  CollectionDescriptor with(List<String> names) {
    return new CollectionDescriptor(schema, indexParams, names);
  }
}
