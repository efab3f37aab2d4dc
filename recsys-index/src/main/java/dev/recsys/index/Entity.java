package dev.recsys.index;

import com.google.common.collect.Maps;
import com.google.common.primitives.Floats;
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
 * among them. Where a schema has several vector fields, the vector is that of the first, and those
 * of the others are given by name. Immutable: what goes in and what comes out are copies.
 *
 * <pre>{@code
 * Entity.of(1, vector).with("title", "Toy Story").with("genres", List.of("Comedy"))
 * }</pre>
 */
public final class Entity {
  private static final FieldSchema JSON = FieldSchema.scalar("dynamic", DataType.JSON);

  private final Object key;
  private final float[] vector;
  private final Map<String, float[]> others;
  private final Map<String, Object> fields;

  private Entity(
      Object key, float[] vector, Map<String, float[]> others, Map<String, Object> fields) {
    this.key = key;
    this.vector = vector;
    this.others = others;
    this.fields = fields;
  }

  /** Returns an entity with a primary key of type INT64 and a vector. */
  public static Entity of(long id, float[] vector) {
    return new Entity(id, vector.clone(), Map.of(), Map.of());
  }

  /** Returns an entity with a primary key of type VARCHAR and a vector. */
  public static Entity of(String key, float[] vector) {
    return new Entity(Objects.requireNonNull(key, "key"), vector.clone(), Map.of(), Map.of());
  }

  /**
   * Returns a copy with the value of one more field, or another value of the field; a {@code
   * float[]} is the vector of a vector field that is not the first. Null is the same as leaving the
   * field out.
   */
  public Entity with(String name, @Nullable Object value) {
    return with(Collections.singletonMap(name, value));
  }

  /** Returns a copy with the values of more fields, as {@link #with(String, Object)} does. */
  public Entity with(Map<String, ?> values) {
    Map<String, float[]> vectors = new LinkedHashMap<>(others);
    Map<String, Object> more = new LinkedHashMap<>(fields);
    values.forEach(
        (name, value) -> {
          Objects.requireNonNull(name, "name");
          vectors.remove(name);
          if (value instanceof float[] components) {
            more.remove(name);
            vectors.put(name, components.clone());
          } else if (value == null) {
            more.remove(name);
          } else {
            more.put(name, copy(value));
          }
        });
    return new Entity(key, vector, vectors, Collections.unmodifiableMap(more));
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

  /**
   * Returns a copy of the vector that this entity has in a vector field of a schema.
   *
   * @throws IllegalArgumentException if it has none there
   */
  public float[] vector(CollectionSchema schema, String field) {
    if (field.equals(schema.vector().name())) {
      return vector();
    }
    float[] other = others.get(field);
    if (other == null) {
      throw new IllegalArgumentException("field \"" + field + "\" is missing");
    }
    return other.clone();
  }

  /** Returns the values of the fields that are neither key nor vectors, by name; unmodifiable. */
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
      Map<String, float[]> vectors = otherVectors(schema);
      Map<String, Object> values = new LinkedHashMap<>();
      int declared = 0;
      for (FieldSchema field : schema.payload()) {
        Object given = fields.get(field.name());
        Object stored = stored(field, given);
        if (stored != null) {
          values.put(field.name(), stored);
        }
        declared += given == null ? 0 : 1;
      }
      if (declared < fields.size()) {
        Map<String, Object> rest = new LinkedHashMap<>(fields);
        schema.payload().forEach(field -> rest.remove(field.name()));
        rest.forEach((name, value) -> values.put(name, dynamic(schema, name, value)));
      }
      return new Entity(checkedKey, vector, vectors, Collections.unmodifiableMap(values));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\", entity " + key + ": " + e.getMessage(), e);
    }
  }

  private Map<String, float[]> otherVectors(CollectionSchema schema) {
    List<FieldSchema> declared = schema.vectors().subList(1, schema.vectors().size());
    if (declared.isEmpty() && others.isEmpty()) {
      return Map.of();
    }
    Map<String, float[]> checked = new LinkedHashMap<>();
    for (FieldSchema field : declared) {
      if (fields.containsKey(field.name())) {
        throw new IllegalArgumentException(
            "field \""
                + field.name()
                + "\": expected a vector of dimension "
                + field.dimension()
                + ", received "
                + fields.get(field.name()));
      }
      float[] other = vector(schema, field.name());
      field.check(other);
      checked.put(field.name(), other);
    }
    if (checked.size() < others.size()) {
      throw new IllegalArgumentException(
          "vectors of "
              + others.keySet()
              + "; besides the first the schema has the vector fields "
              + checked.keySet());
    }
    return checked;
  }

  private static @Nullable Object stored(FieldSchema field, @Nullable Object value) {
    if (value == null && !field.nullable() && field.defaultValue() == null) {
      throw new IllegalArgumentException("field \"" + field.name() + "\" is missing");
    }
    return field.stored(value);
  }

  /** Returns the value of a field that is not declared, as JSON holds it. */
  private Object dynamic(CollectionSchema schema, String name, Object value) {
    boolean taken = schema.fields().stream().anyMatch(field -> field.name().equals(name));
    if (!schema.dynamicField() || taken) {
      List<String> declared = schema.payload().stream().map(FieldSchema::name).toList();
      List<String> unknown = new ArrayList<>(fields.keySet());
      unknown.removeAll(declared);
      throw new IllegalArgumentException(
          "unknown fields " + unknown + "; besides key and vectors the schema has " + declared);
    }
    return JSON.canonical(value);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Entity other
        && key.equals(other.key)
        && Arrays.equals(vector, other.vector)
        && comparable(others).equals(comparable(other.others))
        && fields.equals(other.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, Arrays.hashCode(vector), comparable(others), fields);
  }

  private static Map<String, List<Float>> comparable(Map<String, float[]> vectors) {
    return vectors.isEmpty() ? Map.of() : Maps.transformValues(vectors, Floats::asList);
  }

  @Override
  public String toString() {
    return "Entity " + key + " (" + vector.length + " components) " + fields;
  }
}
