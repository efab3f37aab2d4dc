package dev.recsys.index.filter;

import dev.recsys.index.schema.DataType;

/** What is known of a value before any row is met. */
enum ValueType {
  INTEGER,
  /** A number of 32 bits; a constant beside it is rounded to as many. */
  FLOAT,
  DOUBLE,
  TEXT,
  BOOLEAN,
  /** A constant list. */
  LIST,
  /** A whole field of arrays. */
  ARRAY,
  /** Anything that JSON can hold; known only in the row. */
  JSON;

  static ValueType of(DataType type) {
    return switch (type) {
      case INT8, INT16, INT32, INT64 -> INTEGER;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case VARCHAR -> TEXT;
      case BOOL -> BOOLEAN;
      case ARRAY -> ARRAY;
      case JSON -> JSON;
      case FLOAT_VECTOR -> throw new IllegalArgumentException("a vector is not a value");
    };
  }

  static ValueType of(Object constant) {
    if (constant instanceof Long || constant instanceof Double) {
      return constant instanceof Long ? INTEGER : DOUBLE;
    }
    if (constant instanceof String || constant instanceof Boolean) {
      return constant instanceof String ? TEXT : BOOLEAN;
    }
    return LIST;
  }

  boolean number() {
    return this == INTEGER || this == FLOAT || this == DOUBLE;
  }

  /** Returns whether the two can be equal. */
  boolean comparable(ValueType other) {
    return this == other
        || this == JSON
        || other == JSON
        || (number() && other.number())
        || (this == ARRAY && other == LIST)
        || (this == LIST && other == ARRAY);
  }

  /** Returns whether its values have an order: numbers and texts. */
  boolean ordered() {
    return number() || this == TEXT || this == JSON;
  }

  /** Returns the type of arithmetic on the two, each of which is a number or JSON. */
  ValueType with(ValueType other) {
    if (this == JSON || other == JSON) {
      return JSON;
    }
    return this == other ? this : DOUBLE;
  }
}
