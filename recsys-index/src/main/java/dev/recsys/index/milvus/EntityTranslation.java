package dev.recsys.index.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entities in the SDK's terms, and back. */
final class EntityTranslation {
  /** The field in which the server keeps those that are not declared. */
  static final String DYNAMIC = "$meta";

  private static final FieldSchema JSON = FieldSchema.scalar("dynamic", DataType.JSON);

  private EntityTranslation() {}

  /** Returns an entity, which fits the schema, as a row. */
  static JsonObject toMilvus(CollectionSchema schema, Entity entity) {
    JsonObject row = new JsonObject();
    row.add(schema.primaryKey().name(), JsonTranslation.toMilvus(entity.key()));
    for (FieldSchema field : schema.vectors()) {
      row.add(field.name(), components(entity.vector(schema, field.name())));
    }
    entity.fields().forEach((name, value) -> row.add(name, JsonTranslation.toMilvus(value)));
    return row;
  }

  private static JsonArray components(float[] vector) {
    JsonArray components = new JsonArray(vector.length);
    for (float component : vector) {
      components.add(component);
    }
    return components;
  }

  /** Returns about how many bytes a row takes on its way. */
  static long bytes(CollectionSchema schema, Entity entity) {
    long components = schema.vectors().stream().mapToLong(FieldSchema::dimension).sum();
    return 16 + bytes(entity.key()) + 4 * components + bytes(entity.fields());
  }

  private static long bytes(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().mapToLong(EntityTranslation::bytes).sum() + 8;
    }
    if (value instanceof Map<?, ?> map) {
      long keys = map.keySet().stream().mapToLong(EntityTranslation::bytes).sum();
      return map.values().stream().mapToLong(EntityTranslation::bytes).sum() + keys + 8;
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length + 4 : 8;
  }

  /** Returns the names to ask the server for, so that the output fields are in its answer. */
  static List<String> asked(CollectionSchema schema, List<String> outputFields) {
    List<String> declared = schema.fields().stream().map(FieldSchema::name).toList();
    List<String> asked = new ArrayList<>(outputFields);
    if (asked.retainAll(declared)) {
      asked.add(DYNAMIC);
    }
    return asked;
  }

  /** Returns a row that carries all fields as an entity. */
  static Entity fromMilvus(CollectionSchema schema, Map<String, Object> row) {
    Map<String, Object> values = fields(schema, row);
    Object key = value(values, schema.primaryKey());
    float[] vector = (float[]) value(values, schema.vector());
    Entity entity =
        key instanceof Long id ? Entity.of(id, vector) : Entity.of((String) key, vector);
    for (Map.Entry<String, Object> field : values.entrySet()) {
      entity = entity.with(field.getKey(), field.getValue());
    }
    return entity;
  }

  private static Object value(Map<String, Object> values, FieldSchema field) {
    return Objects.requireNonNull(
        values.remove(field.name()), () -> "field \"" + field.name() + "\" in the server's answer");
  }

  /**
   * Returns the values of a row in their canonical form: those of the schema in its order, then the
   * others.
   */
  static Map<String, Object> fields(CollectionSchema schema, Map<String, Object> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldSchema field : schema.fields()) {
      Object value = row.get(field.name());
      if (value != null) {
        values.put(field.name(), field.canonical(plain(field, value)));
      }
    }
    if (schema.dynamicField()) {
      row.forEach((name, value) -> addDynamic(values, schema, name, value));
    }
    return values;
  }

  private static void addDynamic(
      Map<String, Object> values, CollectionSchema schema, String name, @Nullable Object value) {
    Object plain = JsonTranslation.fromMilvus(value);
    boolean declared = schema.fields().stream().anyMatch(field -> field.name().equals(name));
    if (name.equals(DYNAMIC) && plain instanceof Map<?, ?> others) {
      others.forEach((key, other) -> addDynamic(values, schema, (String) key, other));
    } else if (!declared && plain != null) {
      values.put(name, JSON.canonical(plain));
    }
  }

  private static @Nullable Object plain(FieldSchema field, Object value) {
    return switch (field.dataType()) {
      case FLOAT_VECTOR -> vector(value);
      case JSON -> JsonTranslation.fromMilvus(value);
      default -> value;
    };
  }

  private static float[] vector(Object value) {
    List<?> components = (List<?>) value;
    float[] vector = new float[components.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = ((Number) components.get(i)).floatValue();
    }
    return vector;
  }

  /** Returns those values of a row that a request asks for, in its order; null is left out. */
  static Map<String, Object> output(
      CollectionSchema schema, List<String> names, Map<String, Object> row) {
    Map<String, Object> found = fields(schema, row);
    Map<String, Object> output = new LinkedHashMap<>();
    for (String name : names) {
      if (name.equals("*")) {
        found.forEach(output::putIfAbsent);
      } else if (found.containsKey(name)) {
        output.put(name, found.get(name));
      }
    }
    return output;
  }
}
