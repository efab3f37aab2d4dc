package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Chain;
import dev.recsys.index.filter.Expr.Compare;
import dev.recsys.index.filter.Expr.In;
import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.schema.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks comparisons of values, and finds those that have a short way. */
final class ComparisonBinder {
  private final Scope scope;
  private final ValueBinder values;

  ComparisonBinder(Scope scope, ValueBinder values) {
    this.scope = scope;
    this.values = values;
  }

  Condition bind(Compare compare) {
    Operand first = values.bind(compare.left());
    Operand second = values.bind(compare.right());
    Operand left = beside(first, compare.right(), second);
    Operand right = beside(second, compare.left(), first);
    Comparison comparison = compare.operator();
    check(compare.left(), left, comparison, compare.right(), right);
    if (!comparison.ordering()) {
      boolean negated = comparison == Comparison.NOT_EQUAL;
      Condition keys =
          left.constant() == null
              ? keys(left, right.constant(), negated)
              : keys(right, left.constant(), negated);
      if (keys != null) {
        return keys;
      }
    }
    RowTest.Plan plan =
        left.constant() == null
            ? shortWay(left, comparison, right)
            : shortWay(right, comparison.swapped(), left);
    if (plan == null) {
      plan =
          columns ->
              new CompareTest(comparison, left.plan().open(columns), right.plan().open(columns));
    }
    return leaf(plan, left, right);
  }

  private @Nullable Condition keys(Operand operand, @Nullable Object key, boolean negated) {
    return key == null ? null : keys(operand, List.of(key), negated);
  }

  /** Returns the membership of the primary key in a list, null if it is another operand. */
  private @Nullable Condition keys(Operand operand, List<Object> keys, boolean negated) {
    Class<?> type = operand.type() == ValueType.TEXT ? String.class : Long.class;
    if (!scope.isKey(operand.field()) || !keys.stream().allMatch(type::isInstance)) {
      return null;
    }
    Condition found = new Leaf.Keys(List.copyOf(keys));
    return negated ? new Condition.Opposite(found) : found;
  }

  /** Returns an operand as it is compared with another: beside 32 bits constants have as many. */
  private Operand beside(Operand operand, Expr otherExpr, Operand other) {
    if (other.type() == ValueType.ARRAY
        && operand.constant() instanceof List<?> list
        && scope.resolve((Path) otherExpr).elementType() == DataType.FLOAT) {
      List<Object> rounded = new ArrayList<>(list.size());
      for (Object element : list) {
        rounded.add(element instanceof Number number ? (double) number.floatValue() : element);
      }
      return Operand.of(List.copyOf(rounded));
    }
    return operand.beside(other);
  }

  private static Condition leaf(RowTest.Plan plan, Operand... operands) {
    boolean slow = false;
    for (Operand operand : operands) {
      slow |= operand.type() == ValueType.JSON || operand.type() == ValueType.ARRAY;
    }
    return new Leaf.Rows(plan, Operand.fields(operands), slow ? Leaf.SLOW : Leaf.SCANNED);
  }

  private static RowTest.@Nullable Plan shortWay(
      Operand column, Comparison comparison, Operand constant) {
    String field = column.field();
    boolean text = column.type() == ValueType.TEXT;
    if (field == null
        || !text
        || comparison.ordering()
        || !(constant.constant() instanceof String value)) {
      return RangePlan.of(column, comparison, constant);
    }
    return texts(field, List.of(value), comparison == Comparison.NOT_EQUAL);
  }

  private static RowTest.Plan texts(String field, List<?> texts, boolean negated) {
    return columns -> {
      RowTest test = Tests.in((Columns.Texts) columns.column(field), texts);
      return negated ? RowTest.not(test) : test;
    };
  }

  private void check(
      Expr leftExpr, Operand left, Comparison comparison, Expr rightExpr, Operand right) {
    if (!comparable(leftExpr, left, right) || !comparable(rightExpr, right, left)) {
      throw scope.refused(
          rightExpr,
          "something to compare with " + values.describe(leftExpr, left),
          values.describe(rightExpr, right));
    }
    if (comparison.ordering()) {
      checkOrdered(leftExpr, left);
      checkOrdered(rightExpr, right);
    }
  }

  /** Returns whether the types fit, and each element of a list fits those of an array. */
  private boolean comparable(Expr expr, Operand operand, Operand other) {
    if (!operand.type().comparable(other.type())) {
      return false;
    }
    return operand.type() != ValueType.ARRAY
        || !(other.constant() instanceof List<?> list)
        || ElementBinder.fit(scope.resolve((Path) expr), list);
  }

  private void checkOrdered(Expr expr, Operand operand) {
    if (!operand.type().ordered()) {
      throw scope.refused(
          expr, "a number or a text, which have an order", values.describe(expr, operand));
    }
  }

  Condition bind(Chain chain) {
    Operand middle = values.bind(chain.middle());
    Operand first = values.bind(chain.first()).beside(middle);
    Operand last = values.bind(chain.last()).beside(middle);
    check(chain.first(), first, chain.left(), chain.middle(), middle);
    check(chain.middle(), middle, chain.right(), chain.last(), last);
    checkNotCrossed(chain, first, last);
    RangePlan left = RangePlan.of(middle, chain.left().swapped(), first);
    RangePlan right = RangePlan.of(middle, chain.right(), last);
    RowTest.Plan plan =
        left != null && right != null
            ? columns -> left.open(columns, right)
            : columns ->
                new ChainTest(
                    chain.left(),
                    chain.right(),
                    first.plan().open(columns),
                    middle.plan().open(columns),
                    last.plan().open(columns));
    return leaf(plan, first, middle, last);
  }

  /** Refuses a range in which nothing can lie, as Milvus does. */
  private void checkNotCrossed(Chain chain, Operand first, Operand last) {
    if (first.constant() == null || last.constant() == null) {
      return;
    }
    Cell low = new Cell();
    Cell high = new Cell();
    low.setObject(chain.left().ascending() ? first.constant() : last.constant());
    high.setObject(chain.left().ascending() ? last.constant() : first.constant());
    boolean both = chain.left().inclusive() && chain.right().inclusive();
    int order = Cell.order(low, high);
    if (order == Cell.INCOMPARABLE || order > 0 || (order == 0 && !both)) {
      throw scope.refused(chain, "a range in which something can lie", ExprWriter.write(chain));
    }
  }

  Condition bind(In in) {
    Operand operand = values.bind(in.operand());
    Operand list = values.bind(in.list());
    if (!(list.constant() instanceof List<?> constants)) {
      throw scope.refused(
          in.list(), "a list of constants after in", values.describe(in.list(), list));
    }
    List<Object> rounded = new ArrayList<>(constants.size());
    for (Object constant : constants) {
      Operand element = Operand.of(constant).beside(operand);
      if (!operand.type().comparable(element.type())) {
        throw scope.refused(
            in.list(),
            "constants to compare with " + values.describe(in.operand(), operand),
            Constants.describe(constant));
      }
      rounded.add(element.constant() == null ? constant : element.constant());
    }
    Condition keys = keys(operand, rounded, in.negated());
    return keys != null ? keys : leaf(membership(operand, rounded, in.negated()), operand);
  }

  private static RowTest.Plan membership(Operand operand, List<Object> list, boolean negated) {
    String field = operand.field();
    if (field != null && operand.type() == ValueType.TEXT) {
      return texts(field, list, negated);
    }
    Members members = new Members(list);
    return columns -> {
      RowTest test = Tests.in(operand.plan().open(columns), members);
      return negated ? RowTest.not(test) : test;
    };
  }
}
