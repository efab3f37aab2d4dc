package dev.recsys.index.filter;

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
import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.filter.Expr.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field, a place in one, or arithmetic on one, about which a {@link Filter} is made. Immutable.
 *
 * <pre>{@code
 * Filter.field("year").between(1990, 1999)
 * Filter.field("info").key("votes").times(2).gt(100)
 * }</pre>
 *
 * <p>Values are Booleans, Bytes, Shorts, Integers, Longs, Floats, Doubles, Strings, collections of
 * such where a list belongs, or another {@code FilterField}. Every method throws {@link
 * IllegalArgumentException} for another class, null, NaN and infinities, and for more than 64
 * operators inside one another; whether a value fits the field is seen when the filter is bound to
 * a schema.
 */
public final class FilterField {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> WORDS =
      Set.of(
          "and", "AND", "or", "OR", "not", "NOT", "in", "IN", "like", "LIKE", "exists", "EXISTS",
          "true", "True", "TRUE", "false", "False", "FALSE");

  private final Expr expr;

  private FilterField(Expr expr) {
    this.expr = Filter.built(expr);
  }

  static FilterField of(String name) {
    if (WORDS.contains(name) || !(NAME.matcher(name).matches() || name.equals(Scope.META))) {
      throw new IllegalArgumentException(
          "filter: field name must match "
              + NAME
              + " and be no word of the language, or be "
              + Scope.META
              + ", received \""
              + name
              + "\"");
    }
    return new FilterField(new Path(name, List.of(), At.NOWHERE));
  }

  /** Returns the value of a key of JSON; the key may be any text but the empty one. */
  public FilterField key(String key) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("filter: a key needs at least one character");
    }
    return step(key);
  }

  /** Returns an element of an array; the first is 0. */
  public FilterField at(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("filter: an index is at least 0, received " + index);
    }
    return step((long) index);
  }

  private FilterField step(Object step) {
    Path path = path();
    List<Object> steps = new ArrayList<>(path.steps());
    steps.add(step);
    return new FilterField(new Path(path.field(), List.copyOf(steps), At.NOWHERE));
  }

  private Path path() {
    if (expr instanceof Path path) {
      return path;
    }
    throw new IllegalArgumentException("filter: needs a field, received " + this);
  }

  /** Returns the number of elements of an array. */
  public FilterField arrayLength() {
    return new FilterField(new Length(path(), At.NOWHERE));
  }

  /** Returns the sum. */
  public FilterField plus(Object value) {
    return arithmetic(Operator.PLUS, value);
  }

  /** Returns the difference. */
  public FilterField minus(Object value) {
    return arithmetic(Operator.MINUS, value);
  }

  /** Returns the product. */
  public FilterField times(Object value) {
    return arithmetic(Operator.TIMES, value);
  }

  /** Returns the quotient; integers truncate towards zero. */
  public FilterField dividedBy(Object value) {
    return arithmetic(Operator.DIVIDE, value);
  }

  /** Returns the remainder, which has the sign of the dividend. */
  public FilterField modulo(Object value) {
    return arithmetic(Operator.MODULO, value);
  }

  private FilterField arithmetic(Operator operator, Object value) {
    return new FilterField(new Arithmetic(operator, expr, operand(value), At.NOWHERE));
  }

  private Expr operand(Object value) {
    if (value instanceof FilterField other) {
      return other.expr;
    }
    return new Constant(Constants.of("filter on " + this + ": value", value), At.NOWHERE);
  }

  /** Returns whether it equals a value. */
  public Filter eq(Object value) {
    return compare(Comparison.EQUAL, value);
  }

  /** Returns whether it differs from a value. */
  public Filter ne(Object value) {
    return compare(Comparison.NOT_EQUAL, value);
  }

  /** Returns whether it is less than a value. */
  public Filter lt(Object value) {
    return compare(Comparison.LESS, value);
  }

  /** Returns whether it is at most a value. */
  public Filter le(Object value) {
    return compare(Comparison.LESS_EQUAL, value);
  }

  /** Returns whether it is greater than a value. */
  public Filter gt(Object value) {
    return compare(Comparison.GREATER, value);
  }

  /** Returns whether it is at least a value. */
  public Filter ge(Object value) {
    return compare(Comparison.GREATER_EQUAL, value);
  }

  private Filter compare(Comparison comparison, Object value) {
    return Filter.of(new Compare(comparison, expr, operand(value), At.NOWHERE));
  }

  /** Returns whether it lies between two values or is one of them. */
  public Filter between(Object least, Object greatest) {
    Comparison bound = Comparison.LESS_EQUAL;
    return Filter.of(new Chain(operand(least), bound, expr, bound, operand(greatest), At.NOWHERE));
  }

  /** Returns whether it equals one of the values. */
  public Filter in(Collection<?> values) {
    return Filter.of(new In(expr, false, operand(values), At.NOWHERE));
  }

  /** Returns whether it equals none of the values. */
  public Filter notIn(Collection<?> values) {
    return Filter.of(new In(expr, true, operand(values), At.NOWHERE));
  }

  /**
   * Returns whether the text follows a pattern: {@code %} stands for any characters, {@code _} for
   * one, and either stands for itself after a backslash.
   */
  public Filter like(String pattern) {
    return Filter.of(new Like(expr, operand(pattern), At.NOWHERE));
  }

  /** Returns whether the text starts with a text, in which no character has a meaning. */
  public Filter startsWith(String prefix) {
    return like(LikePattern.escape(prefix) + "%");
  }

  /** Returns whether the field is null; of a key, whether it is missing or null. */
  public Filter isNull() {
    return Filter.of(new IsNull(path(), false, At.NOWHERE));
  }

  /** Returns whether the field is not null; of a key, whether it is there and not null. */
  public Filter isNotNull() {
    return Filter.of(new IsNull(path(), true, At.NOWHERE));
  }

  /** Returns whether a key of JSON is there and not null. */
  public Filter exists() {
    return Filter.of(new Exists(path(), At.NOWHERE));
  }

  /** Returns whether the array, of a field or in JSON, has an element of this value. */
  public Filter arrayContains(Object value) {
    return contains(Wanted.ONE, value);
  }

  /** Returns whether the array, of a field or in JSON, has elements of all these values. */
  public Filter arrayContainsAll(Collection<?> values) {
    return contains(Wanted.ALL, values);
  }

  /** Returns whether the array, of a field or in JSON, has an element of any of these values. */
  public Filter arrayContainsAny(Collection<?> values) {
    return contains(Wanted.ANY, values);
  }

  private Filter contains(Wanted wanted, Object value) {
    return Filter.of(new Contains(wanted, path(), operand(value), At.NOWHERE));
  }

  @Override
  public String toString() {
    return ExprWriter.write(expr);
  }
}
