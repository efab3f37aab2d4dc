package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Arithmetic;
import dev.recsys.index.filter.Expr.Constant;
import dev.recsys.index.filter.Expr.Length;
import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.filter.Expr.Prefix;
import dev.recsys.index.filter.Expr.Prefixed;
import dev.recsys.index.filter.Scope.Place;
import dev.recsys.index.schema.DataType;
import java.util.Objects;
import java.util.Set;

/** Checks the values of an expression against a schema. */
final class ValueBinder {
  private final Scope scope;

  ValueBinder(Scope scope) {
    this.scope = scope;
  }

  Operand bind(Expr expr) {
    if (expr instanceof Constant constant) {
      return Operand.of(constant.value());
    }
    if (expr instanceof Path path) {
      return path(scope.resolve(path));
    }
    if (expr instanceof Length length) {
      return length(length);
    }
    if (expr instanceof Prefixed prefixed) {
      return prefixed(prefixed);
    }
    if (expr instanceof Arithmetic arithmetic) {
      return arithmetic(arithmetic);
    }
    throw scope.refused(expr, "a value", "the condition " + ExprWriter.write(expr));
  }

  /** Returns what an operand is, for a message. */
  String describe(Expr expr, Operand operand) {
    if (operand.constant() != null) {
      return Constants.describe(operand.constant());
    }
    return expr instanceof Path path
        ? scope.resolve(path).described()
        : "\"" + ExprWriter.write(expr) + "\" (" + operand.type() + ")";
  }

  private Operand path(Place place) {
    String column = place.column();
    Set<String> fields = Set.of(column);
    if (place.type() == DataType.JSON) {
      if (place.steps().isEmpty()) {
        throw scope.refused(
            place.path(), "a key, as in " + place.path().field() + "[\"key\"]", place.described());
      }
      return Operand.of(ValueType.JSON, json(place), fields);
    }
    if (place.type() == DataType.ARRAY && !place.steps().isEmpty()) {
      ValueType type = ValueType.of(Objects.requireNonNull(place.elementType()));
      long index = (Long) place.steps().get(0);
      return Operand.of(type, columns -> Value.element(arrays(columns, column), index), fields);
    }
    Value.Plan plan = columns -> Value.of(columns.column(column));
    return new Operand(ValueType.of(place.type()), plan, fields, null, column);
  }

  /** Returns how a place in JSON is read. */
  static Value.Plan json(Place place) {
    return columns -> Value.json((Columns.Json) columns.column(place.column()), place.steps());
  }

  private static Columns.Lists arrays(Columns columns, String column) {
    return (Columns.Lists) columns.column(column);
  }

  private Operand length(Length length) {
    Place place = scope.resolve(length.array());
    String column = place.column();
    if (place.type() == DataType.JSON) {
      Value.Plan json = json(place);
      return Operand.of(
          ValueType.INTEGER, columns -> Value.length(json.open(columns)), Set.of(column));
    }
    if (place.type() != DataType.ARRAY || !place.steps().isEmpty()) {
      throw scope.refused(length.array(), "an array or JSON", place.described());
    }
    return Operand.of(
        ValueType.INTEGER, columns -> Value.length(arrays(columns, column)), Set.of(column));
  }

  private Operand prefixed(Prefixed prefixed) {
    Operand operand = bind(prefixed.operand());
    Prefix prefix = prefixed.operator();
    boolean integer = prefix == Prefix.COMPLEMENT;
    boolean fits = integer ? operand.type() == ValueType.INTEGER : operand.type().number();
    if (!fits && operand.type() != ValueType.JSON) {
      throw scope.refused(
          prefixed.operand(),
          (integer ? "an integer" : "a number") + " after " + prefix.symbol,
          describe(prefixed.operand(), operand));
    }
    Operand result =
        Operand.of(
            operand.type(),
            columns -> prefixed(prefix, operand.plan().open(columns)),
            operand.fields());
    return operand.constant() == null ? result : folded(prefixed, result);
  }

  private static Value prefixed(Prefix prefix, Value operand) {
    return (row, out) -> {
      operand.load(row, out);
      if (!prefix.apply(out) && out.kind.compareTo(Cell.Kind.MISSING) > 0) {
        out.set(Cell.Kind.MISSING);
      }
    };
  }

  private Operand folded(Expr expr, Operand operand) {
    Object value = Folding.constant(expr);
    if (value == null) {
      throw scope.refused(expr, "arithmetic with a finite result", ExprWriter.write(expr));
    }
    return new Operand(
        operand.type(), columns -> Value.constant(value), operand.fields(), value, null);
  }

  private Operand arithmetic(Arithmetic arithmetic) {
    Operator operator = arithmetic.operator();
    Operand first = bind(arithmetic.left());
    Operand second = bind(arithmetic.right());
    Operand left = first.beside(second);
    Operand right = second.beside(first);
    checkOperand(operator, arithmetic.left(), left);
    checkOperand(operator, arithmetic.right(), right);
    checkDivisor(operator, arithmetic.right(), right);
    ValueType type = left.type().with(right.type());
    boolean power = operator == Operator.POWER && type != ValueType.JSON;
    ValueType result = power ? ValueType.DOUBLE : type;
    Operand computed =
        Operand.of(
            result,
            columns -> compute(operator, left, right, result, columns),
            Operand.fields(left, right));
    boolean constant = left.constant() != null && right.constant() != null;
    return constant ? folded(arithmetic, computed) : computed;
  }

  private void checkOperand(Operator operator, Expr expr, Operand operand) {
    boolean fits =
        operator.integersOnly() ? operand.type() == ValueType.INTEGER : operand.type().number();
    if (!fits && operand.type() != ValueType.JSON) {
      throw scope.refused(
          expr,
          (operator.integersOnly() ? "an integer" : "a number") + " beside " + operator.symbol(),
          describe(expr, operand));
    }
  }

  private void checkDivisor(Operator operator, Expr expr, Operand divisor) {
    boolean divides = operator == Operator.DIVIDE || operator == Operator.MODULO;
    if (divides && divisor.isZero()) {
      throw scope.refused(expr, "a divisor other than 0", describe(expr, divisor));
    }
  }

  private static Value compute(
      Operator operator, Operand left, Operand right, ValueType type, Columns columns) {
    Value first = left.plan().open(columns);
    Value second = right.plan().open(columns);
    Cell other = new Cell();
    return (row, out) -> {
      first.load(row, out);
      second.load(row, other);
      operator.apply(out, other, out);
      if (type == ValueType.FLOAT) {
        out.narrow();
      }
    };
  }
}
