package dev.recsys.index.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings a value into the one form in which its type is stored, or refuses it. */
final class Values {
  private static final int MAX_ARRAY_LENGTH = 4_096;

  private Values() {}

  static Object scalar(DataType type, int maxLength, @Nullable Object value) {
    return switch (type) {
      case BOOL -> bool(value);
      case INT8 -> (int) integer(type, value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> (int) integer(type, value, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32 -> (int) integer(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> integer(type, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> real(type, value, Float.MAX_VALUE).floatValue();
      case DOUBLE -> real(type, value, Double.MAX_VALUE).doubleValue();
      case VARCHAR -> text(maxLength, value);
      case ARRAY, JSON, FLOAT_VECTOR ->
          throw new IllegalArgumentException(type + " is not a scalar");
    };
  }

  private static Object bool(@Nullable Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    throw wrong("BOOL (true or false)", value);
  }

  private static long integer(DataType type, @Nullable Object value, long min, long max) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      long number = ((Number) value).longValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw wrong(type + " (an integer in " + min + ".." + max + ")", value);
  }

  private static Number real(DataType type, @Nullable Object value, double max) {
    if (value instanceof Float
        || value instanceof Double
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      Number number = (Number) value;
      if (Math.abs(number.doubleValue()) <= max) {
        return number;
      }
    }
    throw wrong(type + " (a finite number of at most " + max + ")", value);
  }

  private static String text(int maxLength, @Nullable Object value) {
    if (!(value instanceof String text)) {
      throw wrong("VARCHAR", value);
    }
    if (!wellFormed(text)) {
      throw new IllegalArgumentException("expected VARCHAR, received half a surrogate pair");
    }
    // three bytes a char is the most that UTF-8 takes, so most texts need not be encoded
    if (text.length() > maxLength / 3) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxLength) {
        throw new IllegalArgumentException(
            "expected VARCHAR of at most " + maxLength + " bytes, received " + bytes);
      }
    }
    return text;
  }

  /** Returns whether UTF-8 can hold the text: every surrogate is one of a pair. */
  static boolean wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (Character.isLowSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static List<Object> array(DataType elementType, int maxLength, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw wrong("ARRAY of " + elementType + " (a List)", value);
    }
    if (list.size() > MAX_ARRAY_LENGTH) {
      throw new IllegalArgumentException(
          "expected ARRAY of at most " + MAX_ARRAY_LENGTH + " elements, received " + list.size());
    }
    List<Object> copy = new ArrayList<>(list.size());
    for (Object element : list) {
      try {
        copy.add(scalar(elementType, maxLength, element));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("element " + copy.size() + ": " + e.getMessage(), e);
      }
    }
    return Collections.unmodifiableList(copy);
  }

  /** Returns the vector itself. */
  static float[] vector(int dimension, @Nullable Object value) {
    if (!(value instanceof float[] vector)) {
      throw wrong("FLOAT_VECTOR of dimension " + dimension + " (a float[])", value);
    }
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "expected a vector of dimension " + dimension + ", received " + vector.length);
    }
    for (int i = 0; i < dimension; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new IllegalArgumentException(
            "component " + i + ": must be finite, received " + vector[i]);
      }
    }
    return vector;
  }

  private static IllegalArgumentException wrong(String expected, @Nullable Object value) {
    String received = value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    return new IllegalArgumentException("expected " + expected + ", received " + received);
  }
}
