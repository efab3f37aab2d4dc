package dev.recsys.index.filter;

/** An operator that compares two values. */
enum Comparison {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_EQUAL("<="),
  GREATER(">"),
  GREATER_EQUAL(">=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  static Comparison of(String symbol) {
    for (Comparison comparison : values()) {
      if (comparison.symbol.equals(symbol)) {
        return comparison;
      }
    }
    throw new IllegalArgumentException("no comparison is written " + symbol);
  }

  String symbol() {
    return symbol;
  }

  /** Returns whether this is about more and less, not only about being the same. */
  boolean ordering() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Returns whether it is one of {@code <} and {@code <=}. */
  boolean ascending() {
    return this == LESS || this == LESS_EQUAL;
  }

  /** Returns whether equal values satisfy it. */
  boolean inclusive() {
    return this == EQUAL || this == LESS_EQUAL || this == GREATER_EQUAL;
  }

  /** Returns the operator that says the same of the operands swapped. */
  Comparison swapped() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_EQUAL -> GREATER_EQUAL;
      case GREATER -> LESS;
      case GREATER_EQUAL -> LESS_EQUAL;
    };
  }

  /** Returns whether it holds for values that stand in this order: below, at or above zero. */
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_EQUAL -> order >= 0;
    };
  }
}
