package dev.recsys.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values by attribute name, in the order in which they were set; no value can change. */
final class AttributeValues {
  private AttributeValues() {}

  static Map<String, Object> copyOf(Map<String, Object> values) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static Object frozen(String attribute, Object value) {
    if (value instanceof Collection<?> collection) {
      List<Object> values = new ArrayList<>(collection.size());
      for (Object one : collection) {
        values.add(single(attribute, one));
      }
      return Collections.unmodifiableList(values);
    }
    if (value instanceof Object[] array) {
      return frozen(attribute, Arrays.asList(array));
    }
    return single(attribute, value);
  }

  private static Object single(String attribute, Object value) {
    if (value instanceof CharSequence) {
      return value.toString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw Domain.refusal(attribute, "text, a number, a boolean or a collection of these", value);
  }

  /** Returns a value as a list: itself when it is one. */
  static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }
}
