package dev.recsys.index.schema;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a collection. Immutable; the methods that start with {@code with} or {@code as}
 * return a changed copy.
 *
 * @param name {@code [A-Za-z_][A-Za-z0-9_]*}, at most 255 characters
 * @param dataType the type of its values
 * @param elementType the type of the elements of an {@link DataType#ARRAY}, otherwise null
 * @param dimension the components of a {@link DataType#FLOAT_VECTOR}, 1..32,768, otherwise 0
 * @param primaryKey whether it identifies the entity; a primary key is {@link DataType#INT64} or
 *     {@link DataType#VARCHAR}
 * @param maxLength the most bytes in UTF-8 of a {@link DataType#VARCHAR}, or of one as an element,
 *     1..65,535, otherwise 0
 * @param nullable whether it may be null; neither a primary key nor a vector may
 * @param defaultValue what a missing value or null becomes, in its canonical form; null for none
 */
public record FieldSchema(
    String name,
    DataType dataType,
    @Nullable DataType elementType,
    int dimension,
    boolean primaryKey,
    int maxLength,
    boolean nullable,
    @Nullable Object defaultValue) {
  private static final int MAX_DIMENSION = 32_768;
  private static final int MAX_LENGTH = 65_535;

  /**
   * Checks that the parts fit each other.
   *
   * @throws IllegalArgumentException if the name, dimension or element type is not allowed
   */
  public FieldSchema {
    Names.check("field", name);
    Objects.requireNonNull(dataType, "dataType");
    boolean vector = dataType == DataType.FLOAT_VECTOR;
    if (vector ? dimension < 1 || dimension > MAX_DIMENSION : dimension != 0) {
      throw refused(
          name, vector ? "dimension: must lie in 1.." + MAX_DIMENSION : "no dimension", dimension);
    }
    boolean array = dataType == DataType.ARRAY;
    if (array ? elementType == null || !elementType.isScalar() : elementType != null) {
      throw refused(
          name, array ? "element type: must be a scalar" : "no element type", elementType);
    }
    if (primaryKey && dataType != DataType.INT64 && dataType != DataType.VARCHAR) {
      throw refused(name, "primary key: must be INT64 or VARCHAR", dataType);
    }
    boolean text = dataType == DataType.VARCHAR || elementType == DataType.VARCHAR;
    if (text ? maxLength < 1 || maxLength > MAX_LENGTH : maxLength != 0) {
      throw refused(
          name, text ? "max length: must lie in 1.." + MAX_LENGTH : "no max length", maxLength);
    }
    if (nullable && (primaryKey || vector)) {
      throw refused(name, "nullable: neither a primary key nor a vector may be", dataType);
    }
    if (defaultValue != null && (primaryKey || !dataType.isScalar())) {
      throw refused(name, "default value: must be of a scalar that is no key", defaultValue);
    }
  }

  /** Makes a field that is never null, without a default, of texts as long as can be. */
  public FieldSchema(
      String name,
      DataType dataType,
      @Nullable DataType elementType,
      int dimension,
      boolean primaryKey) {
    this(
        name,
        dataType,
        elementType,
        dimension,
        primaryKey,
        dataType == DataType.VARCHAR || elementType == DataType.VARCHAR ? MAX_LENGTH : 0,
        false,
        null);
  }

  private static IllegalArgumentException refused(String name, String rule, @Nullable Object got) {
    return new IllegalArgumentException("field \"" + name + "\": " + rule + ", received " + got);
  }

  /** Returns the field that identifies an entity; its type is an integer of 64 bits or a text. */
  public static FieldSchema primaryKey(String name, DataType dataType) {
    return new FieldSchema(name, dataType, null, 0, true);
  }

  /** Returns a field of vectors with the given number of components. */
  public static FieldSchema vector(String name, int dimension) {
    return new FieldSchema(name, DataType.FLOAT_VECTOR, null, dimension, false);
  }

  /** Returns a field with one value of a scalar type, or of JSON. */
  public static FieldSchema scalar(String name, DataType dataType) {
    if (!dataType.isScalar() && dataType != DataType.JSON) {
      throw refused(name, "type: must be a scalar or JSON", dataType);
    }
    return new FieldSchema(name, dataType, null, 0, false);
  }

  /** Returns a field with a list of values of one scalar type. */
  public static FieldSchema array(String name, DataType elementType) {
    return new FieldSchema(name, DataType.ARRAY, elementType, 0, false);
  }

  /** Returns whether its values are vectors. */
  public boolean isVector() {
    return dataType == DataType.FLOAT_VECTOR;
  }

  /** Returns a copy whose texts have at most this many bytes in UTF-8, 1..65,535. */
  public FieldSchema withMaxLength(int bytes) {
    return new FieldSchema(
        name, dataType, elementType, dimension, primaryKey, bytes, nullable, defaultValue);
  }

  /** Returns a copy that may be null. */
  public FieldSchema asNullable() {
    return new FieldSchema(
        name, dataType, elementType, dimension, primaryKey, maxLength, true, defaultValue);
  }

  /**
   * Returns a copy in which a missing value or null becomes this one.
   *
   * @throws IllegalArgumentException if it is not a value of the field, or the field is a primary
   *     key, an array, JSON or a vector
   */
  public FieldSchema withDefault(Object value) {
    return new FieldSchema(
        name, dataType, elementType, dimension, primaryKey, maxLength, nullable, canonical(value));
  }

  /**
   * Returns the value in the form in which it is stored and returned: a copy if it is a list, JSON
   * or a vector, a number of the class that {@link DataType} names.
   *
   * @throws IllegalArgumentException if the value is not one of this field's; the message names the
   *     field, what was expected and what was received
   */
  public Object canonical(@Nullable Object value) {
    try {
      return switch (dataType) {
        case FLOAT_VECTOR -> Values.vector(dimension, value).clone();
        case JSON -> JsonValues.canonical(value);
        case ARRAY -> Values.array(Objects.requireNonNull(elementType), maxLength, value);
        default -> Values.scalar(dataType, maxLength, value);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /**
   * Checks a vector, as {@link #canonical} does, without copying it.
   *
   * @throws IllegalArgumentException if it is not one of this field's
   */
  public void check(float[] vector) {
    if (dataType != DataType.FLOAT_VECTOR) {
      throw refused(name, dataType + ", not a vector", vector.length + " components");
    }
    try {
      Values.vector(dimension, vector);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /**
   * Returns what is stored for a value that may be missing or null: the default value, or null if
   * there is none and the field is nullable; otherwise as {@link #canonical}.
   *
   * @throws IllegalArgumentException as {@link #canonical}
   */
  public @Nullable Object stored(@Nullable Object value) {
    if (value == null && (defaultValue != null || nullable)) {
      return defaultValue;
    }
    return canonical(value);
  }
}
