package dev.recsys.index.schema;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a collection. Immutable.
 *
 * @param name {@code [A-Za-z_][A-Za-z0-9_]*}, at most 255 characters
 * @param dataType the type of its values
 * @param elementType the type of the elements of an {@link DataType#ARRAY}, otherwise null
 * @param dimension the components of a {@link DataType#FLOAT_VECTOR}, 1..32,768, otherwise 0
 * @param primaryKey whether it identifies the entity; a primary key is {@link DataType#INT64}
 */
public record FieldSchema(
    String name,
    DataType dataType,
    @Nullable DataType elementType,
    int dimension,
    boolean primaryKey) {
  private static final int MAX_DIMENSION = 32_768;

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
    if (primaryKey && dataType != DataType.INT64) {
      throw refused(name, "primary key: must be INT64", dataType);
    }
  }

  private static IllegalArgumentException refused(String name, String rule, @Nullable Object got) {
    return new IllegalArgumentException("field \"" + name + "\": " + rule + ", received " + got);
  }

  /** Returns the field that identifies an entity; its type must be {@link DataType#INT64}. */
  public static FieldSchema primaryKey(String name, DataType dataType) {
    return new FieldSchema(name, dataType, null, 0, true);
  }

  /** Returns a field of vectors with the given number of components. */
  public static FieldSchema vector(String name, int dimension) {
    return new FieldSchema(name, DataType.FLOAT_VECTOR, null, dimension, false);
  }

  /** Returns a field with one value of a scalar type. */
  public static FieldSchema scalar(String name, DataType dataType) {
    if (!dataType.isScalar()) {
      throw refused(name, "type: must be a scalar", dataType);
    }
    return new FieldSchema(name, dataType, null, 0, false);
  }

  /** Returns a field with a list of values of one scalar type. */
  public static FieldSchema array(String name, DataType elementType) {
    return new FieldSchema(name, DataType.ARRAY, elementType, 0, false);
  }

  /**
   * Returns the value in the form in which it is stored and returned: a copy if it is a list or a
   * vector, a number of the class that {@link DataType} names.
   *
   * @throws IllegalArgumentException if the value is not one of this field's; the message names the
   *     field, what was expected and what was received
   */
  public Object canonical(@Nullable Object value) {
    try {
      if (dataType == DataType.FLOAT_VECTOR) {
        return Values.vector(dimension, value);
      }
      return elementType == null
          ? Values.scalar(dataType, value)
          : Values.array(elementType, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field \"" + name + "\": " + e.getMessage(), e);
    }
  }
}
