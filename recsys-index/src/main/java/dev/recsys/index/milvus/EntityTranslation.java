package dev.recsys.index.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Entities in the SDK's terms, and back. */
final class EntityTranslation {
  private EntityTranslation() {}

  /** Returns an entity, which fits the schema, as a row. */
  static JsonObject toMilvus(CollectionSchema schema, Entity entity) {
    JsonObject row = new JsonObject();
    row.addProperty(schema.primaryKey().name(), entity.id());
    float[] vector = entity.vector();
    JsonArray components = new JsonArray(vector.length);
    for (float component : vector) {
      components.add(component);
    }
    row.add(schema.vector().name(), components);
    entity.fields().forEach((name, value) -> row.add(name, json(value)));
    return row;
  }

  private static JsonElement json(Object value) {
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray(list.size());
      list.forEach(element -> array.add(json(element)));
      return array;
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    return value instanceof Boolean flag
        ? new JsonPrimitive(flag)
        : new JsonPrimitive((String) value);
  }

  /** Returns about how many bytes a row takes on its way. */
  static long bytes(Entity entity) {
    long bytes = 16 + 4L * entity.vector().length;
    for (Object value : entity.fields().values()) {
      bytes += bytes(value);
    }
    return bytes;
  }

  private static long bytes(Object value) {
    if (value instanceof Collection<?> list) {
      return list.stream().mapToLong(EntityTranslation::bytes).sum() + 8;
    }
    return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length + 4 : 8;
  }

  /** Returns a row that carries all fields as an entity. */
  static Entity fromMilvus(CollectionSchema schema, Map<String, Object> row) {
    Map<String, Object> values = fields(schema, row);
    long id = (long) value(values, schema.primaryKey());
    Entity entity = Entity.of(id, (float[]) value(values, schema.vector()));
    for (FieldSchema field : schema.payload()) {
      entity = entity.with(field.name(), value(values, field));
    }
    return entity;
  }

  private static Object value(Map<String, Object> values, FieldSchema field) {
    return Objects.requireNonNull(
        values.get(field.name()), () -> "field \"" + field.name() + "\" in the server's answer");
  }

  /** Returns the values of a row in their canonical form, in the order of the schema. */
  static Map<String, Object> fields(CollectionSchema schema, Map<String, Object> row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldSchema field : schema.fields()) {
      Object value = row.get(field.name());
      if (value != null) {
        values.put(field.name(), field.canonical(field.dimension() > 0 ? vector(value) : value));
      }
    }
    return values;
  }

  private static float[] vector(Object value) {
    List<?> components = (List<?>) value;
    float[] vector = new float[components.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = ((Number) components.get(i)).floatValue();
    }
    return vector;
  }
}
