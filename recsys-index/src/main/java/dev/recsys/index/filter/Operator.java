package dev.recsys.index.filter;

/**
 * An arithmetic operator on two numbers.
 *
 * <p>Integers are 64 bits wide and wrap around; division truncates towards zero and a remainder has
 * the sign of the dividend, as in C++ and Java. A division by zero has no result, nor has a shift
 * by less than 0 or more than 63; powers are floating. Floating numbers follow IEEE 754.
 */
enum Operator {
  POWER("**", 12),
  TIMES("*", 10),
  DIVIDE("/", 10),
  MODULO("%", 10),
  PLUS("+", 9),
  MINUS("-", 9),
  SHIFT_LEFT("<<", 8),
  SHIFT_RIGHT(">>", 8),
  BIT_AND("&", 4),
  BIT_XOR("^", 3),
  BIT_OR("|", 2);

  private final String symbol;
  private final int precedence;

  Operator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  static Operator of(String symbol) {
    for (Operator operator : values()) {
      if (operator.symbol.equals(symbol)) {
        return operator;
      }
    }
    throw new IllegalArgumentException("no operator is written " + symbol);
  }

  String symbol() {
    return symbol;
  }

  /** Returns how tightly it binds: more is tighter. */
  int precedence() {
    return precedence;
  }

  /** Returns whether both operands must be integers. */
  boolean integersOnly() {
    return this == MODULO || bitwise();
  }

  private boolean bitwise() {
    return this == SHIFT_LEFT
        || this == SHIFT_RIGHT
        || this == BIT_AND
        || this == BIT_XOR
        || this == BIT_OR;
  }

  /** Writes the result into {@code out}, which may be one of the operands. */
  void apply(Cell left, Cell right, Cell out) {
    if (left.blocks(right, out)) {
      return;
    }
    if (!left.isNumber() || !right.isNumber()) {
      out.set(Cell.Kind.MISSING);
    } else if (this == MODULO) {
      // numbers of JSON may have fractions, which a remainder drops
      apply(left.asWhole(), right.asWhole(), out);
    } else if (left.kind == Cell.Kind.INTEGER && right.kind == Cell.Kind.INTEGER && this != POWER) {
      apply(left.integer, right.integer, out);
    } else if (bitwise()) {
      out.set(Cell.Kind.MISSING);
    } else {
      out.setReal(real(left.asReal(), right.asReal()));
    }
  }

  private void apply(long a, long b, Cell out) {
    boolean shift = this == SHIFT_LEFT || this == SHIFT_RIGHT;
    if (shift ? b < 0 || b > 63 : b == 0 && (this == DIVIDE || this == MODULO)) {
      out.set(Cell.Kind.NULL);
      return;
    }
    out.setInteger(
        switch (this) {
          case TIMES -> a * b;
          case DIVIDE -> a / b;
          case MODULO -> a % b;
          case PLUS -> a + b;
          case MINUS -> a - b;
          case SHIFT_LEFT -> a << b;
          case SHIFT_RIGHT -> a >> b;
          case BIT_AND -> a & b;
          case BIT_XOR -> a ^ b;
          case BIT_OR -> a | b;
          case POWER -> throw new IllegalStateException("powers are floating");
        });
  }

  private double real(double a, double b) {
    return switch (this) {
      case POWER -> Math.pow(a, b);
      case TIMES -> a * b;
      case DIVIDE -> a / b;
      case PLUS -> a + b;
      case MINUS -> a - b;
      default -> throw new IllegalStateException(symbol + " is for integers");
    };
  }
}
