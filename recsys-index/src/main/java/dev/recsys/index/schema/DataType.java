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
  /** {@code float[]} of the field's dimension, neither NaN nor infinite. */
  FLOAT_VECTOR;

  /** Returns whether this is a single value: neither an array nor a vector. */
  public boolean isScalar() {
    return this != ARRAY && this != FLOAT_VECTOR;
  }
}
