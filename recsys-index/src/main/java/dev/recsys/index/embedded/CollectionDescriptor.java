package dev.recsys.index.embedded;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is kept of a collection besides its entities.
 *
 * @param indexes the parameters of the index of each vector field, in the order of the schema
 * @param partitions the names of its partitions but the default one, in the order of creation
 */
record CollectionDescriptor(
    CollectionSchema schema, Map<String, IndexParams> indexes, List<String> partitions) {
  CollectionDescriptor {
    schema.checkIndexed(indexes.keySet());
    Map<String, IndexParams> ordered = new LinkedHashMap<>();
    for (FieldSchema field : schema.vectors()) {
      ordered.put(field.name(), Objects.requireNonNull(indexes.get(field.name())));
    }
    indexes = Collections.unmodifiableMap(ordered);
    partitions = List.copyOf(partitions);
  }

  CollectionDescriptor(CollectionSchema schema, Map<String, IndexParams> indexes) {
    this(schema, indexes, List.of());
  }

  IndexParams indexParams(String field) {
    return Objects.requireNonNull(indexes.get(schema.vector(field).name()));
  }

  CollectionDescriptor with(List<String> names) {
    return new CollectionDescriptor(schema, indexes, names);
  }
}
