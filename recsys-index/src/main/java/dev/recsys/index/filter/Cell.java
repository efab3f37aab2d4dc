package dev.recsys.index.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value while an expression is evaluated: written and read over and over, so that nothing is
 * boxed. Of one thread.
 */
final class Cell {
  /** What a cell holds. */
  enum Kind {
    /** Unknown: a null field, or arithmetic without a result. */
    NULL,
    /** No such element in an array: every comparison with it is false. */
    OUTSIDE,
    /** No such key in JSON, or not the kind of value that is asked for: different from all. */
    MISSING,
    INTEGER,
    REAL,
    TEXT,
    BOOLEAN,
    LIST,
    OBJECT
  }

  /** The order of values that have none, such as a text and a number, or NaN and anything. */
  static final int INCOMPARABLE = Integer.MIN_VALUE;

  Kind kind = Kind.NULL;
  long integer;
  double real;
  String text = "";

  /** A list or an object of JSON. */
  @Nullable Object object;

  void set(Kind newKind) {
    kind = newKind;
  }

  void setInteger(long value) {
    kind = Kind.INTEGER;
    integer = value;
  }

  void setReal(double value) {
    kind = Kind.REAL;
    real = value;
  }

  void setText(String value) {
    kind = Kind.TEXT;
    text = value;
  }

  void setBoolean(boolean value) {
    kind = Kind.BOOLEAN;
    integer = value ? 1 : 0;
  }

  /** Takes a constant or a value of JSON; null is a missing one. */
  void setObject(@Nullable Object value) {
    if (value instanceof Long number) {
      setInteger(number);
    } else if (value instanceof Double number) {
      setReal(number);
    } else if (value instanceof String string) {
      setText(string);
    } else if (value instanceof Boolean truth) {
      setBoolean(truth);
    } else {
      kind = value == null ? Kind.MISSING : value instanceof List ? Kind.LIST : Kind.OBJECT;
      object = value;
    }
  }

  /** Drops what a floating number of 32 bits cannot hold. */
  void narrow() {
    if (kind == Kind.REAL) {
      float narrow = (float) real;
      real = narrow;
    }
  }

  boolean isNumber() {
    return kind == Kind.INTEGER || kind == Kind.REAL;
  }

  double asReal() {
    return kind == Kind.INTEGER ? integer : real;
  }

  long asWhole() {
    return kind == Kind.INTEGER ? integer : (long) real;
  }

  /** Passes on, instead of a result, that one of two operands is unknown or not there. */
  boolean blocks(Cell right, Cell out) {
    Kind worse = kind.compareTo(right.kind) < 0 ? kind : right.kind;
    if (worse.compareTo(Kind.MISSING) <= 0) {
      out.set(worse);
      return true;
    }
    return false;
  }

  /** Returns how two values that are there stand: below, at or above zero, or not at all. */
  static int order(Cell left, Cell right) {
    if (left.isNumber() && right.isNumber()) {
      return numbers(left, right);
    }
    if (left.kind != right.kind) {
      return INCOMPARABLE;
    }
    return switch (left.kind) {
      case TEXT -> Scalars.compare(left.text, right.text);
      case BOOLEAN -> Long.compare(left.integer, right.integer);
      case LIST -> Scalars.same(left.object, right.object) ? 0 : INCOMPARABLE;
      default -> INCOMPARABLE;
    };
  }

  private static int numbers(Cell left, Cell right) {
    if (left.kind == Kind.INTEGER) {
      return right.kind == Kind.INTEGER
          ? Long.compare(left.integer, right.integer)
          : Scalars.compare(left.integer, right.real);
    }
    if (right.kind == Kind.INTEGER) {
      int swapped = Scalars.compare(right.integer, left.real);
      return swapped == INCOMPARABLE ? INCOMPARABLE : -swapped;
    }
    return Scalars.compare(left.real, right.real);
  }
}
