package dev.recsys.index.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings values of an application into the form in which expressions hold them. */
final class Constants {
  private Constants() {}

  /**
   * Returns the value as a Boolean, Long, Double, String or an unmodifiable List of such.
   *
   * @param what whose value it is, for the message
   * @throws IllegalArgumentException if it is of another class, null, or NaN or infinite
   */
  static Object of(String what, @Nullable Object value) {
    return of(what, value, 0);
  }

  private static Object of(String what, @Nullable Object value, int depth) {
    if (value instanceof Collection<?> elements && depth < FilterReader.MAX_NESTING) {
      List<Object> list = new ArrayList<>(elements.size());
      for (Object element : elements) {
        list.add(of(what, element, depth + 1));
      }
      return Collections.unmodifiableList(list);
    }
    if (value instanceof Boolean || value instanceof Long || value instanceof String) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        what
            + ": must be a boolean, an integer, a finite number, a String or a collection of such,"
            + " received "
            + (value == null ? "null" : value.getClass().getSimpleName() + " " + value));
  }

  /** Returns what kind of value a constant is, in words. */
  static String describe(Object constant) {
    String text = ExprWriter.constant(constant);
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    if (constant instanceof List) {
      return "the list " + shown;
    }
    return (constant instanceof String ? "the text " : "") + shown;
  }
}
