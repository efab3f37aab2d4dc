package dev.recsys.index.filter;

import java.util.List;

/**
 * An expression as it was written, before anything is known of the fields. Immutable; two are equal
 * if they say the same, wherever they stood.
 */
sealed interface Expr {
  /** Returns where it begins in the text. */
  At at();

  /** Returns the parts it is made of, left to right. */
  default List<Expr> parts() {
    return List.of();
  }

  /** Returns how many operators and brackets stand inside one another here, at most. */
  default int depth() {
    int deepest = 0;
    for (Expr part : parts()) {
      deepest = Math.max(deepest, part.depth());
    }
    return deepest + 1;
  }

  /** What every entity satisfies; the meaning of an empty text, never a part of another. */
  record Everything(At at) implements Expr {}

  /**
   * A constant.
   *
   * @param value a Boolean, Long, Double or String, or an unmodifiable List of such
   */
  record Constant(Object value, At at) implements Expr {
    @Override
    public int depth() {
      return depth(value);
    }

    private static int depth(Object value) {
      int deepest = -1;
      if (value instanceof List<?> list) {
        deepest = 0;
        for (Object element : list) {
          deepest = Math.max(deepest, depth(element));
        }
      }
      return deepest + 1;
    }
  }

  /**
   * A field, or a place in one.
   *
   * @param steps a Long for an element, a String for a key, outermost first
   */
  record Path(String field, List<Object> steps, At at) implements Expr {
    @Override
    public int depth() {
      return steps.isEmpty() ? 0 : 1;
    }
  }

  /** An arithmetic prefix. */
  record Prefixed(Prefix operator, Expr operand, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** Returns an expression with a prefix; a minus goes into a constant. */
  static Expr prefixed(Prefix operator, Expr operand, At at) {
    if (operator == Prefix.MINUS && operand instanceof Constant constant) {
      if (constant.value() instanceof Long number && number != Long.MIN_VALUE) {
        return new Constant(-number, at);
      }
      if (constant.value() instanceof Double number) {
        return new Constant(-number, at);
      }
    }
    return new Prefixed(operator, operand, at);
  }

  /** Arithmetic on two numbers. */
  record Arithmetic(Operator operator, Expr left, Expr right, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }
  }

  /** The number of elements of an array. */
  record Length(Path array, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(array);
    }
  }

  /** A comparison. */
  record Compare(Comparison operator, Expr left, Expr right, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(left, right);
    }
  }

  /** Two comparisons of one value, in the same direction. */
  record Chain(Expr first, Comparison left, Expr middle, Comparison right, Expr last, At at)
      implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(first, middle, last);
    }
  }

  /** Whether a value is one of a list. */
  record In(Expr operand, boolean negated, Expr list, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand, list);
    }
  }

  /** Whether a text follows a pattern. */
  record Like(Expr operand, Expr pattern, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand, pattern);
    }
  }

  /** Whether a field is null, or is not. */
  record IsNull(Path path, boolean negated, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(path);
    }
  }

  /** Whether a key is there and not null. */
  record Exists(Path path, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(path);
    }
  }

  /** Whether an array has an element, all of a list, or any of it. */
  record Contains(Wanted wanted, Path array, Expr elements, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(array, elements);
    }
  }

  /** The opposite of a condition. */
  record Not(Expr operand, At at) implements Expr {
    @Override
    public List<Expr> parts() {
      return List.of(operand);
    }
  }

  /** All of at least two conditions, none of which is itself an And. */
  record And(List<Expr> parts, At at) implements Expr {}

  /** Any of at least two conditions, none of which is itself an Or. */
  record Or(List<Expr> parts, At at) implements Expr {}

  /** How much of a list an array must have. */
  enum Wanted {
    ONE(""),
    ALL("_all"),
    ANY("_any");

    final String suffix;

    Wanted(String suffix) {
      this.suffix = suffix;
    }
  }

  /** The arithmetic prefixes. */
  enum Prefix {
    PLUS("+"),
    MINUS("-"),
    COMPLEMENT("~");

    final String symbol;

    Prefix(String symbol) {
      this.symbol = symbol;
    }

    /** Replaces a number by the result; returns whether there is one. */
    boolean apply(Cell cell) {
      if (cell.kind == Cell.Kind.INTEGER) {
        cell.setInteger(
            switch (this) {
              case PLUS -> cell.integer;
              case MINUS -> -cell.integer;
              case COMPLEMENT -> ~cell.integer;
            });
        return true;
      }
      if (cell.kind == Cell.Kind.REAL && this != COMPLEMENT) {
        cell.setReal(this == MINUS ? -cell.real : cell.real);
        return true;
      }
      return false;
    }
  }
}
