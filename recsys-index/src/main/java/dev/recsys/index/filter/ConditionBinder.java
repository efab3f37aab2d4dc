package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.And;
import dev.recsys.index.filter.Expr.Chain;
import dev.recsys.index.filter.Expr.Compare;
import dev.recsys.index.filter.Expr.Constant;
import dev.recsys.index.filter.Expr.Contains;
import dev.recsys.index.filter.Expr.Everything;
import dev.recsys.index.filter.Expr.Exists;
import dev.recsys.index.filter.Expr.In;
import dev.recsys.index.filter.Expr.IsNull;
import dev.recsys.index.filter.Expr.Like;
import dev.recsys.index.filter.Expr.Not;
import dev.recsys.index.filter.Expr.Or;
import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.filter.Scope.Place;
import dev.recsys.index.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the conditions of an expression against a schema. */
final class ConditionBinder {
  private final Scope scope;
  private final ValueBinder values;
  private final ComparisonBinder comparisons;
  private final ElementBinder elements;

  ConditionBinder(Scope scope) {
    this.scope = scope;
    this.values = new ValueBinder(scope);
    this.comparisons = new ComparisonBinder(scope, values);
    this.elements = new ElementBinder(scope);
  }

  Condition bind(Expr expr) {
    if (expr instanceof And and) {
      return new Condition.All(bind(and.parts()));
    }
    if (expr instanceof Or or) {
      return new Condition.Any(bind(or.parts()));
    }
    if (expr instanceof Not not) {
      return new Condition.Opposite(operandOfNot(not));
    }
    if (expr instanceof Compare compare) {
      return comparisons.bind(compare);
    }
    if (expr instanceof Chain chain) {
      return comparisons.bind(chain);
    }
    return expr instanceof Everything ? new Condition.Whole() : test(expr);
  }

  private List<Condition> bind(List<Expr> parts) {
    List<Condition> conditions = new ArrayList<>(parts.size());
    for (Expr part : parts) {
      conditions.add(bind(part));
    }
    return List.copyOf(conditions);
  }

  private Condition operandOfNot(Not not) {
    Expr operand = not.operand();
    if (isValue(operand)) {
      throw scope.refused(
          operand,
          "a condition (not binds tighter than a comparison: write not (...))",
          values.describe(operand, values.bind(operand)));
    }
    return bind(operand);
  }

  private static boolean isValue(Expr expr) {
    return expr instanceof Constant
        || expr instanceof Path
        || expr instanceof Expr.Arithmetic
        || expr instanceof Expr.Prefixed
        || expr instanceof Expr.Length;
  }

  private Condition test(Expr expr) {
    if (expr instanceof In in) {
      return comparisons.bind(in);
    }
    if (expr instanceof Like like) {
      return like(like);
    }
    if (expr instanceof IsNull isNull) {
      return isNull(isNull);
    }
    if (expr instanceof Exists exists) {
      return exists(exists.path());
    }
    if (expr instanceof Contains contains) {
      return elements.bind(contains);
    }
    throw scope.refused(
        expr,
        "a condition (a value alone is none: compare it, as in flag == true)",
        values.describe(expr, values.bind(expr)));
  }

  private Condition like(Like like) {
    Operand operand = values.bind(like.operand());
    if (operand.type() != ValueType.TEXT && operand.type() != ValueType.JSON) {
      throw scope.refused(
          like.operand(), "a text before like", values.describe(like.operand(), operand));
    }
    if (!(like.pattern() instanceof Constant constant && constant.value() instanceof String)) {
      throw scope.refused(
          like.pattern(), "a constant text after like", ExprWriter.write(like.pattern()));
    }
    LikePattern pattern = new LikePattern((String) constant.value());
    return new Leaf.Rows(
        columns -> Tests.like(operand.plan().open(columns), pattern), operand.fields(), Leaf.SLOW);
  }

  private Condition isNull(IsNull isNull) {
    Place place = scope.resolve(isNull.path());
    Condition condition;
    if (place.steps().isEmpty()) {
      condition =
          new Leaf.Rows(
              columns -> Tests.isNull(columns.column(place.column())),
              Set.of(place.column()),
              Leaf.SCANNED);
    } else if (place.type() == DataType.ARRAY) {
      throw scope.refused(isNull.path(), "a field or a key in JSON", place.described());
    } else {
      condition = new Condition.Opposite(exists(isNull.path()));
    }
    return isNull.negated() ? new Condition.Opposite(condition) : condition;
  }

  private Condition exists(Path path) {
    Place place = scope.resolve(path);
    if (place.type() != DataType.JSON || place.steps().isEmpty()) {
      throw scope.refused(path, "a key in JSON after exists", place.described());
    }
    Value.Plan json = ValueBinder.json(place);
    return new Leaf.Rows(
        columns -> Tests.exists(json.open(columns)), Set.of(place.column()), Leaf.SLOW);
  }
}
