package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
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
 * A primary key, a vector, and the values of the other fields by name; a field that is null is not
 * among them. Immutable: what goes in and what comes out are copies.
 *
 * <pre>{@code
 * Entity.of(1, vector).with("title", "Toy Story").with("genres", List.of("Comedy"))
 * }</pre>
 */
public final class Entity {
  private static final FieldSchema JSON = FieldSchema.scalar("dynamic", DataType.JSON);

  private final Object key;
  private final float[] vector;
  private final Map<String, Object> fields;

  private Entity(Object key, float[] vector, Map<String, Object> fields) {
    this.key = key;
    this.vector = vector;
    this.fields = fields;
  }

  /** Returns an entity with a primary key of type INT64 and a vector. */
  public static Entity of(long id, float[] vector) {
    return new Entity(id, vector.clone(), Map.of());
  }

  /** Returns an entity with a primary key of type VARCHAR and a vector. */
  public static Entity of(String key, float[] vector) {
    return new Entity(Objects.requireNonNull(key, "key"), vector.clone(), Map.of());
  }

  /**
   * Returns a copy with the value of one more field, or another value of the field. Null is the
   * same as leaving the field out.
   */
  public Entity with(String name, @Nullable Object value) {
    Objects.requireNonNull(name, "name");
    Map<String, Object> more = new LinkedHashMap<>(fields);
    if (value == null) {
      more.remove(name);
    } else {
      more.put(name, copy(value));
    }
    return new Entity(key, vector, Collections.unmodifiableMap(more));
  }

  /** Returns a copy with the values of more fields, as {@link #with(String, Object)} does. */
  public Entity with(Map<String, ?> values) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    values.forEach(
        (name, value) -> {
          if (value == null) {
            more.remove(name);
          } else {
            more.put(Objects.requireNonNull(name, "name"), copy(value));
          }
        });
    return new Entity(key, vector, Collections.unmodifiableMap(more));
  }

  private static Object copy(Object value) {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(new ArrayList<Object>(list));
    }
    return value instanceof Map<?, ?> map
        ? Collections.unmodifiableMap(new LinkedHashMap<Object, Object>(map))
        : value;
  }

  /**
   * Returns the primary key where that is INT64.
   *
   * @throws IllegalStateException if it is VARCHAR
   */
  public long id() {
    if (key instanceof Long id) {
      return id;
    }
    throw new IllegalStateException("the primary key is VARCHAR: \"" + key + "\"");
  }

  /** Returns the primary key, a Long or a String. */
  public Object key() {
    return key;
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
      Object checkedKey = schema.primaryKey().canonical(key);
      schema.vector().check(vector);
      Map<String, Object> others = new LinkedHashMap<>(fields);
      Map<String, Object> values = new LinkedHashMap<>();
      for (FieldSchema field : schema.payload()) {
        Object stored = stored(field, others.remove(field.name()));
        if (stored != null) {
          values.put(field.name(), stored);
        }
      }
      others.forEach((name, value) -> values.put(name, dynamic(schema, name, value)));
      return new Entity(checkedKey, vector, Collections.unmodifiableMap(values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\", entity " + key + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Object stored(FieldSchema field, @Nullable Object value) {
    if (value == null && !field.nullable() && field.defaultValue() == null) {
      throw new IllegalArgumentException("field \"" + field.name() + "\" is missing");
    }
    return field.stored(value);
  }

  /** Returns the value of a field that is not declared, as JSON holds it. */
  private Object dynamic(CollectionSchema schema, String name, Object value) {
    boolean taken = name.equals(schema.primaryKey().name()) || name.equals(schema.vector().name());
    if (!schema.dynamicField() || taken) {
      List<String> declared = schema.payload().stream().map(FieldSchema::name).toList();
      List<String> unknown = new ArrayList<>(fields.keySet());
      unknown.removeAll(declared);
      throw new IllegalArgumentException(
          "unknown fields " + unknown + "; besides key and vector the schema has " + declared);
    }
    return JSON.canonical(value);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Entity other
        && key.equals(other.key)
        && Arrays.equals(vector, other.vector)
        && fields.equals(other.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, Arrays.hashCode(vector), fields);
  }

  @Override
  public String toString() {
    return "Entity " + key + " (" + vector.length + " components) " + fields;
  }
}
