package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.And;
import dev.recsys.index.filter.Expr.Arithmetic;
import dev.recsys.index.filter.Expr.Chain;
import dev.recsys.index.filter.Expr.Compare;
import dev.recsys.index.filter.Expr.Constant;
import dev.recsys.index.filter.Expr.Contains;
import dev.recsys.index.filter.Expr.Exists;
import dev.recsys.index.filter.Expr.In;
import dev.recsys.index.filter.Expr.IsNull;
import dev.recsys.index.filter.Expr.Length;
import dev.recsys.index.filter.Expr.Like;
import dev.recsys.index.filter.Expr.Not;
import dev.recsys.index.filter.Expr.Or;
import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.filter.Expr.Prefixed;
import java.util.List;

/**
 * Writes an expression in its one canonical text: lower case words, double quotes, decimal
 * integers, brackets only where the precedence needs them. What is written is read as an equal
 * expression.
 */
final class ExprWriter {
  private static final int OR = 0;
  private static final int AND = 1;
  private static final int EQUALITY = 5;
  private static final int RELATION = 6;
  private static final int MEMBERSHIP = 7;
  private static final int PREFIX = 11;
  private static final int PATTERN = 13;
  private static final int ATOM = 14;

  private final StringBuilder out = new StringBuilder();

  private ExprWriter() {}

  static String write(Expr expr) {
    ExprWriter writer = new ExprWriter();
    writer.append(expr);
    return writer.out.toString();
  }

  /** Returns the text of a constant. */
  static String constant(Object value) {
    ExprWriter writer = new ExprWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private static int level(Expr expr) {
    if (expr instanceof Arithmetic arithmetic) {
      return arithmetic.operator().precedence();
    }
    if (expr instanceof Compare compare) {
      return compare.operator().ordering() ? RELATION : EQUALITY;
    }
    if (expr instanceof Constant constant) {
      return constant.value() instanceof Number && constant(constant.value()).startsWith("-")
          ? PREFIX
          : ATOM;
    }
    if (expr instanceof And) {
      return AND;
    }
    // Milvus 2.3 reads all that follows exists as its operand
    if (expr instanceof Or || expr instanceof Exists) {
      return OR;
    }
    if (expr instanceof Chain || expr instanceof In) {
      return expr instanceof Chain ? RELATION : MEMBERSHIP;
    }
    if (expr instanceof Prefixed || expr instanceof Not) {
      return PREFIX;
    }
    return expr instanceof Like ? PATTERN : ATOM;
  }

  /** Appends a part that must bind at least so tightly, in brackets if it does not. */
  private void append(Expr part, int least) {
    boolean brackets = level(part) < least;
    out.append(brackets ? "(" : "");
    append(part);
    out.append(brackets ? ")" : "");
  }

  private void append(Expr expr) {
    if (expr instanceof Constant constant) {
      value(constant.value());
    } else if (expr instanceof Path path) {
      path(path);
    } else if (expr instanceof And and) {
      join(and.parts(), " and ", AND);
    } else if (expr instanceof Or or) {
      join(or.parts(), " or ", OR);
    } else if (expr instanceof Not not) {
      out.append("not ");
      append(not.operand(), PREFIX);
    } else if (expr instanceof Prefixed prefixed) {
      prefixed(prefixed);
    } else if (expr instanceof Length length) {
      out.append("array_length(");
      path(length.array());
      out.append(')');
    } else {
      operators(expr);
    }
  }

  private void operators(Expr expr) {
    if (expr instanceof Arithmetic power && power.operator() == Operator.POWER) {
      power(power);
    } else if (expr instanceof Arithmetic arithmetic) {
      int level = arithmetic.operator().precedence();
      binary(arithmetic.left(), arithmetic.operator().symbol(), arithmetic.right(), level);
    } else if (expr instanceof Compare compare) {
      compare(compare);
    } else if (expr instanceof Chain chain) {
      append(chain.first(), MEMBERSHIP);
      out.append(' ').append(chain.left().symbol()).append(' ');
      append(chain.middle(), MEMBERSHIP);
      out.append(' ').append(chain.right().symbol()).append(' ');
      append(chain.last(), MEMBERSHIP);
    } else if (expr instanceof In in) {
      binary(in.operand(), in.negated() ? "not in" : "in", in.list(), MEMBERSHIP);
    } else if (expr instanceof Like like) {
      binary(like.operand(), "like", like.pattern(), PATTERN);
    } else {
      tests(expr);
    }
  }

  /** An exponent with a prefix takes in all powers that follow it. */
  private void power(Arithmetic power) {
    boolean takesIn =
        power.left() instanceof Arithmetic left
            && left.operator() == Operator.POWER
            && level(left.right()) == PREFIX;
    append(power.left(), takesIn ? ATOM : Operator.POWER.precedence());
    out.append(" ** ");
    append(power.right(), level(power.right()) == PREFIX ? PREFIX : PATTERN);
  }

  private void compare(Compare compare) {
    boolean ordering = compare.operator().ordering();
    int level = ordering ? RELATION : EQUALITY;
    // a second relation without brackets would be a chain
    append(compare.left(), ordering ? MEMBERSHIP : level);
    out.append(' ').append(compare.operator().symbol()).append(' ');
    append(compare.right(), level + 1);
  }

  private void tests(Expr expr) {
    if (expr instanceof IsNull isNull) {
      path(isNull.path());
      out.append(isNull.negated() ? " is not null" : " is null");
    } else if (expr instanceof Exists exists) {
      out.append("exists ");
      path(exists.path());
    } else if (expr instanceof Contains contains) {
      out.append(!contains.array().steps().isEmpty() ? "json_contains" : "array_contains");
      out.append(contains.wanted().suffix).append('(');
      path(contains.array());
      out.append(", ");
      append(contains.elements());
      out.append(')');
    }
  }

  private void binary(Expr left, String operator, Expr right, int level) {
    append(left, level == PATTERN ? ATOM : level);
    out.append(' ').append(operator).append(' ');
    append(right, level + 1);
  }

  private void join(List<Expr> parts, String word, int level) {
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : word);
      append(parts.get(i), level + 1);
    }
  }

  private void prefixed(Prefixed prefixed) {
    out.append(prefixed.operator().symbol);
    append(prefixed.operand(), PREFIX);
  }

  private void path(Path path) {
    out.append(path.field());
    for (Object step : path.steps()) {
      out.append('[');
      value(step);
      out.append(']');
    }
  }

  private void value(Object value) {
    if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        out.append(i == 0 ? "" : ", ");
        value(list.get(i));
      }
      out.append(']');
    } else if (value instanceof String text) {
      Literals.quote(text, out);
    } else {
      out.append(value);
    }
  }
}
