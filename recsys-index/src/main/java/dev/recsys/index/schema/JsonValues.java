package dev.recsys.index.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies values of JSON into the one form in which they are stored, or refuses them. */
final class JsonValues {
  private static final int MAX_DEPTH = 100;

  private JsonValues() {}

  static Object canonical(@Nullable Object value) {
    if (value == null) {
      throw wrong("null");
    }
    return copy(value, 0);
  }

  private static Object copy(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("expected JSON at most " + MAX_DEPTH + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, depth);
    }
    if (value instanceof List<?> list) {
      return list(list, depth);
    }
    if (value instanceof Float || value instanceof Double) {
      return Values.scalar(DataType.DOUBLE, 0, value);
    }
    if (value instanceof Number) {
      return Values.scalar(DataType.INT64, 0, value);
    }
    if (value instanceof Boolean || (value instanceof String text && Values.wellFormed(text))) {
      return value;
    }
    throw wrong(value.getClass().getSimpleName() + " " + value);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name) || !Values.wellFormed(name)) {
            throw wrong("the key " + key);
          }
          copy.put(name, value == null ? null : copy(value, depth + 1));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static List<@Nullable Object> list(List<?> list, int depth) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      copy.add(element == null ? null : copy(element, depth + 1));
    }
    return Collections.unmodifiableList(copy);
  }

  private static IllegalArgumentException wrong(String received) {
    return new IllegalArgumentException(
        "expected JSON (Map with String keys, List, String, Boolean, integer of 64 bits or finite"
            + " number), received "
            + received);
  }
}
