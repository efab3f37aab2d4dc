package dev.recsys.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a map that came from outside; every error names the path of keys that led to it. */
final class MapReader {
  private final String what;
  private final String path;
  private final Map<?, ?> map;

  private MapReader(String what, String path, Map<?, ?> map) {
    this.what = what;
    this.path = path;
    this.map = map;
  }

  /** Reads a map that errors call by that name. */
  static MapReader of(String what, Map<?, ?> map) {
    return new MapReader(what, "", map);
  }

  boolean has(String key) {
    return map.containsKey(key);
  }

  /** In the map's order, which the labels of a closed attribute are shown in. */
  Set<String> keys() {
    return map.keySet().stream()
        .map(String::valueOf)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  String string(String key) {
    return string(key, map.get(key));
  }

  double number(String key) {
    if (map.get(key) instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw malformed(key, "a finite number", map.get(key));
  }

  long integer(String key) {
    return integer(key, map.get(key));
  }

  int int32(String key) {
    return int32(key, map.get(key));
  }

  int[] int32s(String key) {
    return each(key, element -> int32(key, element)).stream().mapToInt(i -> i).toArray();
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    String name = string(key);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> malformed(key, "one of " + Arrays.toString(type.getEnumConstants()), name));
  }

  List<String> strings(String key) {
    return each(key, element -> string(key, element));
  }

  List<Long> integers(String key) {
    return each(key, element -> integer(key, element));
  }

  MapReader reader(String key) {
    return reader(key, key, map.get(key));
  }

  List<MapReader> readers(String key) {
    return each(key, element -> reader(key, key + "[]", element));
  }

  private <T> List<T> each(String key, Function<@Nullable Object, T> read) {
    if (!(map.get(key) instanceof List<?> list)) {
      throw malformed(key, "a list", map.get(key));
    }
    List<T> elements = new ArrayList<>(list.size());
    list.forEach(element -> elements.add(read.apply(element)));
    return elements;
  }

  private String string(String key, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw malformed(key, "text", value);
  }

  private long integer(String key, @Nullable Object value) {
    if (value instanceof Number number && number.doubleValue() == number.longValue()) {
      return number.longValue();
    }
    throw malformed(key, "a whole number", value);
  }

  private int int32(String key, @Nullable Object value) {
    long number = integer(key, value);
    if (number != (int) number) {
      throw malformed(key, "a whole number of 32 bits", value);
    }
    return (int) number;
  }

  private MapReader reader(String key, String step, @Nullable Object value) {
    if (value instanceof Map<?, ?> inner) {
      return new MapReader(what, path + step + ".", inner);
    }
    throw malformed(key, "a map", value);
  }

  IllegalArgumentException malformed(String key, String expected, @Nullable Object value) {
    String text = String.valueOf(value);
    String shown = text.length() <= 80 ? text : text.substring(0, 77) + "...";
    return new IllegalArgumentException(
        what + ", key \"" + path + key + "\": expected " + expected + ", found " + shown);
  }
}
