package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names of output fields, checked against a schema. */
final class OutputFields {
  private static final String ALL = "*";

  private OutputFields() {}

  /**
   * Returns the fields that names stand for, each once; a name that is no field may be a key of the
   * dynamic field.
   *
   * @throws IllegalArgumentException if a field does not exist
   */
  static List<String> of(CollectionSchema schema, List<String> names) {
    if (names.isEmpty()) {
      return names;
    }
    Set<String> fields = new LinkedHashSet<>();
    for (String name : names) {
      if (name.equals(ALL)) {
        schema.fields().forEach(field -> fields.add(field.name()));
      } else {
        fields.add(schema.dynamicField() ? name : schema.field(name).name());
      }
    }
    if (schema.dynamicField() && names.contains(ALL)) {
      fields.add(ALL);
    }
    return List.copyOf(fields);
  }

  /** As {@link #of}, the primary key first. */
  static List<String> withKey(CollectionSchema schema, List<String> names) {
    List<String> all = new ArrayList<>(names);
    all.add(0, schema.primaryKey().name());
    return of(schema, all);
  }
}
