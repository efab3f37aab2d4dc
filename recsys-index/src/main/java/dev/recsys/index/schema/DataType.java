package dev.recsys.index.schema;

/**
 * The type of a field, with Milvus's names. Each says which Java class a stored value comes back
 * as; what is accepted is wider: any of Byte, Short, Integer and Long that fits for the integer
 * types, these and Float and Double for the floating ones.
 */
public enum DataType {
  /** {@link Boolean}. */
  BOOL,
  /** 8 bits, signed; comes back as {@link Integer}. */
  INT8,
  /** 16 bits, signed; comes back as {@link Integer}. */
  INT16,
  /** 32 bits, signed; {@link Integer}. */
  INT32,
  /** 64 bits, signed; {@link Long}. */
  INT64,
  /** {@link Float}; neither NaN nor infinite. */
  FLOAT,
  /** {@link Double}; neither NaN nor infinite. */
  DOUBLE,
  /** {@link String} of at most 65,535 bytes in UTF-8. */
  VARCHAR,
  /** An unmodifiable {@link java.util.List} of at most 4,096 values of one of the types above. */
  ARRAY,
  /**
   * What JSON can say: an unmodifiable {@link java.util.Map} with String keys or {@link
   * java.util.List}, whose values are such again, or {@link String}, {@link Long}, {@link Double},
   * {@link Boolean}, or null. At most 100 deep.
   */
  JSON,
  /** {@code float[]} of the field's dimension, neither NaN nor infinite. */
  FLOAT_VECTOR;

  /** Returns whether this is a single value: no array, no JSON, no vector. */
  public boolean isScalar() {
    return this != ARRAY && this != JSON && this != FLOAT_VECTOR;
  }
}
