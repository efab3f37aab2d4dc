package dev.recsys.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that holds a record of ours: a key for each component, and no other. What does not
 * fit is an {@link IllegalArgumentException} that starts with the path of keys to it. By hand,
 * since a mapper takes longer to start than a model to load.
 */
final class JsonRecord {
  private final String path;
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  private JsonRecord(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /** A refusal that has its path already. */
  private static final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Unfit(String path, String why) {
      super("\"" + path + "\": " + why);
    }
  }

  /**
   * Makes a record of an object.
   *
   * @param path to the object, for messages
   * @param maker reads every component
   */
  static <T> T make(String path, JsonNode object, Function<JsonRecord, T> maker) {
    JsonRecord in = new JsonRecord(path, object);
    if (!object.isObject()) {
      throw unfit(path, "object", object);
    }
    try {
      T made = maker.apply(in);
      in.checkNoOther();
      return made;
    } catch (Unfit e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new Unfit(path, String.valueOf(e.getMessage()));
    }
  }

  private void checkNoOther() {
    for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!read.contains(key)) {
        throw new Unfit(path + "." + key, "expected no such key, found one");
      }
    }
  }

  private JsonNode get(String key) {
    read.add(key);
    JsonNode value = object.get(key);
    if (value == null) {
      throw new Unfit(path + "." + key, "expected a value of the right kind, found none");
    }
    return value;
  }

  private JsonNode get(String key, String type, Predicate<JsonNode> fits) {
    JsonNode value = get(key);
    if (!fits.test(value)) {
      throw unfit(path + "." + key, type, value);
    }
    return value;
  }

  private static Unfit unfit(String path, String type, JsonNode found) {
    return new Unfit(path, "expected a value of type " + type + ", found " + Json.shown(found));
  }

  int int32(String key) {
    return get(key, "int", JsonNode::isInt).intValue();
  }

  long int64(String key) {
    return get(key, "long", value -> value.isInt() || value.isLong()).longValue();
  }

  double number(String key) {
    return number(key, get(key));
  }

  private double number(String key, JsonNode value) {
    // what is not a number cannot be written as one in JSON
    if (!value.isNumber() && !"NaN".equals(value.textValue())) {
      throw unfit(path + "." + key, "double", value);
    }
    return value.asDouble(Double.NaN);
  }

  List<Double> numbers(String key) {
    return list(key, value -> number(key, value));
  }

  boolean flag(String key) {
    return get(key, "boolean", JsonNode::isBoolean).booleanValue();
  }

  String text(String key) {
    return get(key, "String", JsonNode::isTextual).textValue();
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    JsonNode value = get(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(value.textValue())) {
        return constant;
      }
    }
    throw unfit(path + "." + key, type.getSimpleName(), value);
  }

  <T> T record(String key, Function<JsonRecord, T> maker) {
    return make(path + "." + key, get(key), maker);
  }

  <T> @Nullable T recordOrNull(String key, Function<JsonRecord, T> maker) {
    return get(key).isNull() ? null : record(key, maker);
  }

  <T> List<T> records(String key, Function<JsonRecord, T> maker) {
    return list(key, value -> make(path + "." + key, value, maker));
  }

  private <T> List<T> list(String key, Function<JsonNode, T> element) {
    JsonNode array = get(key, "List", JsonNode::isArray);
    List<T> list = new ArrayList<>(array.size());
    array.forEach(value -> list.add(element.apply(value)));
    return List.copyOf(list);
  }
}
