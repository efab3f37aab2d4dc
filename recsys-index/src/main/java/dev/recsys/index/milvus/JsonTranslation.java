package dev.recsys.index.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in the SDK's JSON, and back. */
final class JsonTranslation {
  private JsonTranslation() {}

  static JsonElement toMilvus(@Nullable Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof List<?> list) {
      JsonArray array = new JsonArray(list.size());
      list.forEach(element -> array.add(toMilvus(element)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, element) -> object.add((String) key, toMilvus(element)));
      return object;
    }
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    return value instanceof Boolean flag
        ? new JsonPrimitive(flag)
        : new JsonPrimitive((String) value);
  }

  /** Returns a value of JSON, as the SDK gives it or parsed, as this library has it. */
  static @Nullable Object fromMilvus(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.entrySet().forEach(e -> map.put(e.getKey(), fromMilvus(e.getValue())));
      return map;
    }
    if (value instanceof JsonArray array) {
      List<@Nullable Object> list = new ArrayList<>(array.size());
      array.forEach(element -> list.add(fromMilvus(element)));
      return list;
    }
    if (value instanceof JsonPrimitive primitive) {
      return primitive(primitive);
    }
    return value instanceof JsonNull ? null : value;
  }

  private static Object primitive(JsonPrimitive primitive) {
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    if (primitive.isString()) {
      return primitive.getAsString();
    }
    String number = primitive.getAsString();
    boolean whole = number.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole ? (Object) Long.parseLong(number) : (Object) Double.parseDouble(number);
  }
}
