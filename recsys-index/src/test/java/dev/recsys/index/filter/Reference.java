package dev.recsys.index.filter;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an expression over a map of one entity, plainly: boxed values, big decimals, regular
 * expressions. Null stands for unknown.
 */
final class Reference {
  private enum Absent {
    OUTSIDE,
    MISSING
  }

  private final CollectionSchema schema;
  private final Map<String, Object> row;

  Reference(CollectionSchema schema, Map<String, Object> row) {
    this.schema = schema;
    this.row = row;
  }

  @Nullable Boolean holds(Expr expr) {
    if (expr instanceof Expr.And and) {
      return together(and.parts(), false);
    }
    if (expr instanceof Expr.Or or) {
      return together(or.parts(), true);
    }
    if (expr instanceof Expr.Not not) {
      return opposite(holds(not.operand()));
    }
    if (expr instanceof Expr.Compare compare) {
      return compare(compare.operator().symbol(), compare.left(), compare.right());
    }
    if (expr instanceof Expr.Chain chain) {
      Boolean left = compare(chain.left().symbol(), chain.first(), chain.middle());
      Boolean right = compare(chain.right().symbol(), chain.middle(), chain.last());
      if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
        return false;
      }
      return left == null ? left : right;
    }
    if (expr instanceof Expr.In in) {
      Boolean found = in(in);
      return in.negated() ? opposite(found) : found;
    }
    if (expr instanceof Expr.Like like) {
      return like(value(like.operand()), (String) ((Expr.Constant) like.pattern()).value());
    }
    if (expr instanceof Expr.IsNull isNull) {
      boolean key = !isNull.path().steps().isEmpty() || field(isNull.path()).isEmpty();
      Object value = value(isNull.path());
      return isNull.negated() != (value == null || (key && value == Absent.MISSING));
    }
    if (expr instanceof Expr.Exists exists) {
      Object value = value(exists.path());
      return value != null && value != Absent.MISSING;
    }
    return contains((Expr.Contains) expr);
  }

  private @Nullable Boolean together(List<Expr> parts, boolean decisive) {
    boolean unknown = false;
    for (Expr part : parts) {
      Boolean truth = holds(part);
      if (truth != null && truth == decisive) {
        return decisive;
      }
      unknown |= truth == null;
    }
    return unknown ? null : (Boolean) !decisive;
  }

  private static @Nullable Boolean opposite(@Nullable Boolean truth) {
    return truth == null ? null : (Boolean) !truth;
  }

  private @Nullable Boolean compare(String operator, Expr leftExpr, Expr rightExpr) {
    Object left = value(leftExpr);
    Object right = value(rightExpr);
    if (left == null || right == null) {
      return null;
    }
    if (left == Absent.OUTSIDE || right == Absent.OUTSIDE) {
      return false;
    }
    if (isFloat(leftExpr) && constant(rightExpr)) {
      right = rounded(right);
    }
    if (isFloat(rightExpr) && constant(leftExpr)) {
      left = rounded(left);
    }
    boolean ordered = left instanceof Number || left instanceof String;
    Optional<Integer> order =
        ordered || operator.endsWith("==") || operator.equals("!=")
            ? order(left, right)
            : Optional.empty();
    return switch (operator) {
      case "==" -> order.isPresent() && order.get() == 0;
      case "!=" -> order.isEmpty() || order.get() != 0;
      case "<" -> order.isPresent() && order.get() < 0;
      case "<=" -> order.isPresent() && order.get() <= 0;
      case ">" -> order.isPresent() && order.get() > 0;
      default -> order.isPresent() && order.get() >= 0;
    };
  }

  private static Object rounded(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Reference::rounded).toList();
    }
    return value instanceof Number number ? (Object) (double) number.floatValue() : value;
  }

  static Optional<Integer> order(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      double x = a.doubleValue();
      double y = b.doubleValue();
      if (Double.isNaN(x) || Double.isNaN(y)) {
        return Optional.empty();
      }
      if (Double.isInfinite(x) || Double.isInfinite(y)) {
        return Optional.of(Double.compare(x, y));
      }
      return Optional.of(decimal(a).compareTo(decimal(b)));
    }
    if (left instanceof String a && right instanceof String b) {
      return Optional.of(
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    }
    if (left instanceof Boolean && right instanceof Boolean) {
      return Optional.of(left.equals(right) ? 0 : 1);
    }
    if (left instanceof List<?> a && right instanceof List<?> b && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(0);
    }
    return Optional.empty();
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    return left != null && right != null && order(left, right).equals(Optional.of(0));
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal(number.doubleValue());
  }

  private @Nullable Boolean in(Expr.In in) {
    Object value = value(in.operand());
    if (value == null) {
      return null;
    }
    Object list = ((Expr.Constant) in.list()).value();
    Object compared = isFloat(in.operand()) ? rounded(list) : list;
    return ((List<?>) compared).stream().anyMatch(element -> same(element, value));
  }

  private static @Nullable Boolean like(@Nullable Object value, String pattern) {
    if (value == null) {
      return null;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean escaped = c == '\\' && i + 1 < pattern.length();
      if (escaped && "%_\\".indexOf(pattern.charAt(i + 1)) >= 0) {
        regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return value instanceof String text
        && Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }

  private @Nullable Boolean contains(Expr.Contains contains) {
    Object array = value(contains.array());
    if (array == null) {
      return null;
    }
    if (!(array instanceof List<?> list)) {
      return false;
    }
    Object wanted = ((Expr.Constant) contains.elements()).value();
    boolean floats =
        field(contains.array()).filter(f -> f.elementType() == DataType.FLOAT).isPresent();
    Object compared = floats ? rounded(wanted) : wanted;
    List<?> elements =
        contains.wanted() == Expr.Wanted.ONE ? List.of(compared) : (List<?>) compared;
    BiFunction<List<?>, Object, Boolean> has =
        (all, element) -> all.stream().anyMatch(each -> same(each, element));
    return contains.wanted() == Expr.Wanted.ALL
        ? elements.stream().allMatch(element -> has.apply(list, element))
        : elements.stream().anyMatch(element -> has.apply(list, element));
  }

  private Optional<FieldSchema> field(Expr.Path path) {
    return schema.fields().stream().filter(f -> f.name().equals(path.field())).findFirst();
  }

  private static boolean constant(Expr expr) {
    return expr instanceof Expr.Constant
        || ((expr instanceof Expr.Arithmetic || expr instanceof Expr.Prefixed)
            && expr.parts().stream().allMatch(Reference::constant));
  }

  private boolean isFloat(Expr expr) {
    if (expr instanceof Expr.Path path) {
      return field(path)
          .filter(f -> f.dataType() == DataType.FLOAT || f.elementType() == DataType.FLOAT)
          .isPresent();
    }
    if (expr instanceof Expr.Prefixed prefixed) {
      return isFloat(prefixed.operand());
    }
    return expr instanceof Expr.Arithmetic arithmetic
        && arithmetic.operator() != Operator.POWER
        && expr.parts().stream().allMatch(part -> isFloat(part) || constant(part))
        && !constant(expr);
  }

  @Nullable Object value(Expr expr) {
    if (expr instanceof Expr.Constant constant) {
      return constant.value();
    }
    if (expr instanceof Expr.Path path) {
      return path(path);
    }
    if (expr instanceof Expr.Length length) {
      Object array = value(length.array());
      return array == null
          ? null
          : array instanceof List<?> list ? (Object) (long) list.size() : Absent.MISSING;
    }
    if (expr instanceof Expr.Prefixed prefixed) {
      return prefixed(prefixed.operator(), value(prefixed.operand()));
    }
    Expr.Arithmetic arithmetic = (Expr.Arithmetic) expr;
    Object left = value(arithmetic.left());
    Object right = value(arithmetic.right());
    if (left == null || right == null) {
      return null;
    }
    if (left == Absent.OUTSIDE || right == Absent.OUTSIDE) {
      return Absent.OUTSIDE;
    }
    if (!(left instanceof Number && right instanceof Number)) {
      return Absent.MISSING;
    }
    if (isFloat(expr)) {
      left = rounded(left);
      right = rounded(right);
    } else if (isFloat(arithmetic.left()) && constant(arithmetic.right())) {
      right = rounded(right);
    } else if (isFloat(arithmetic.right()) && constant(arithmetic.left())) {
      left = rounded(left);
    }
    Object result = arithmetic(arithmetic.operator().symbol(), (Number) left, (Number) right);
    return isFloat(expr) && result != null ? rounded(result) : result;
  }

  private static @Nullable Object prefixed(Expr.Prefix prefix, @Nullable Object value) {
    if (value instanceof Long number) {
      return prefix == Expr.Prefix.COMPLEMENT
          ? (Object) ~number
          : prefix == Expr.Prefix.MINUS ? (Object) (-number) : number;
    }
    if (value instanceof Double number && prefix != Expr.Prefix.COMPLEMENT) {
      return prefix == Expr.Prefix.MINUS ? (Object) (-number) : number;
    }
    return value == null || value == Absent.OUTSIDE ? value : Absent.MISSING;
  }

  private static @Nullable Object arithmetic(String symbol, Number left, Number right) {
    if (symbol.equals("%")) {
      long divisor = right.longValue();
      return divisor == 0 ? null : (Object) (left.longValue() % divisor);
    }
    if (left instanceof Long a && right instanceof Long b && !symbol.equals("**")) {
      return integers(symbol, a, b);
    }
    double x = left.doubleValue();
    double y = right.doubleValue();
    return switch (symbol) {
      case "+" -> x + y;
      case "-" -> x - y;
      case "*" -> x * y;
      case "/" -> x / y;
      case "**" -> Math.pow(x, y);
      default -> Absent.MISSING;
    };
  }

  private static @Nullable Object integers(String symbol, long a, long b) {
    return switch (symbol) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> b == 0 ? null : (Object) (a / b);
      case "&" -> a & b;
      case "|" -> a | b;
      case "^" -> a ^ b;
      case "<<" -> b < 0 || b > 63 ? null : (Object) (a << b);
      case ">>" -> b < 0 || b > 63 ? null : (Object) (a >> b);
      default -> throw new AssertionError(symbol);
    };
  }

  private @Nullable Object path(Expr.Path path) {
    Optional<FieldSchema> field = field(path);
    Object at = row.get(path.field());
    if (field.isPresent() && at == null) {
      return null;
    }
    boolean array = field.filter(f -> f.dataType() == DataType.ARRAY).isPresent();
    for (Object step : path.steps()) {
      if (array && at instanceof List<?> list) {
        int index = (int) (long) (Long) step;
        at = index < list.size() ? list.get(index) : Absent.OUTSIDE;
      } else if (at instanceof Map<?, ?> map) {
        at = map.get(step.toString());
      } else if (at instanceof List<?> list && step.toString().matches("0|[1-9]\\d{0,3}")) {
        int index = Integer.parseInt(step.toString());
        at = index < list.size() ? list.get(index) : null;
      } else {
        at = null;
      }
    }
    return at == null ? Absent.MISSING : widened(at);
  }

  private static Object widened(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(each -> each == null ? Absent.MISSING : widened(each)).toList();
    }
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    return value instanceof Number number ? (Object) number.longValue() : value;
  }
}
