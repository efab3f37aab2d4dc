package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that output fields have in an entity. */
final class Output {
  private final CollectionSchema schema;
  private final List<String> names;

  /** Makes the output of fields, as a checked request names them. */
  Output(CollectionSchema schema, List<String> names) {
    this.schema = schema;
    this.names = names;
  }

  /**
   * Returns the values by name, in the order of the names, without those that are null;
   * unmodifiable.
   */
  Map<String, Object> of(Entity entity) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : names) {
      if (name.equals("*")) {
        entity.fields().forEach(values::putIfAbsent);
        continue;
      }
      Object value = value(entity, name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private @Nullable Object value(Entity entity, String name) {
    if (name.equals(schema.primaryKey().name())) {
      return entity.key();
    }
    return schema.vectors().stream().anyMatch(field -> field.name().equals(name))
        ? entity.vector(schema, name)
        : entity.fields().get(name);
  }
}
