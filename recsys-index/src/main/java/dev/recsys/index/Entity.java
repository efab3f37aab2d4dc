package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A primary key, a vector, and the values of the other fields by name. Immutable: what goes in and
 * what comes out are copies.
 *
 * <pre>{@code
 * Entity.of(1, vector).with("title", "Toy Story").with("genres", List.of("Comedy"))
 * }</pre>
 */
public final class Entity {
  private final long id;
  private final float[] vector;
  private final Map<String, Object> fields;

  private Entity(long id, float[] vector, Map<String, Object> fields) {
    this.id = id;
    this.vector = vector;
    this.fields = fields;
  }

  /** Returns an entity with a primary key and a vector. */
  public static Entity of(long id, float[] vector) {
    return new Entity(id, vector.clone(), Map.of());
  }

  /** Returns a copy with the value of one more field, or another value of the field. */
  public Entity with(String name, Object value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, () -> "entity " + id + ", field \"" + name + "\": value");
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(name, value instanceof List<?> list ? copy(list) : value);
    return new Entity(id, vector, Collections.unmodifiableMap(more));
  }

  private static List<Object> copy(List<?> list) {
    return Collections.unmodifiableList(new ArrayList<Object>(list));
  }

  /** Returns the primary key. */
  public long id() {
    return id;
  }

  /** Returns a copy of the vector. */
  public float[] vector() {
    return vector.clone();
  }

  /** Returns the values of the other fields by name; unmodifiable. */
  public Map<String, Object> fields() {
    return fields;
  }

  /**
   * Returns this entity as a collection stores it: its fields in the order of the schema, each
   * value in its canonical form. Backends call it before they write.
   *
   * @throws IllegalArgumentException if a field is missing, unknown or of another type, or if the
   *     vector has another dimension or a component that is not finite
   */
  public Entity conformingTo(CollectionSchema schema) {
    try {
      float[] checked = (float[]) schema.vector().canonical(vector);
      Map<String, Object> values = new LinkedHashMap<>();
      for (FieldSchema field : schema.payload()) {
        Object value = fields.get(field.name());
        if (value == null) {
          throw new IllegalArgumentException("field \"" + field.name() + "\" is missing");
        }
        values.put(field.name(), field.canonical(value));
      }
      if (values.size() < fields.size()) {
        throw new IllegalArgumentException(surplus(schema));
      }
      return new Entity(id, checked, Collections.unmodifiableMap(values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\", entity " + id + ": " + e.getMessage(), e);
    }
  }

  private String surplus(CollectionSchema schema) {
    List<String> declared = schema.payload().stream().map(FieldSchema::name).toList();
    List<String> unknown = new ArrayList<>(fields.keySet());
    unknown.removeAll(declared);
    return "unknown fields " + unknown + "; besides key and vector the schema has " + declared;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Entity other
        && id == other.id
        && Arrays.equals(vector, other.vector)
        && fields.equals(other.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, Arrays.hashCode(vector), fields);
  }

  @Override
  public String toString() {
    return "Entity " + id + " (" + vector.length + " components) " + fields;
  }
}
