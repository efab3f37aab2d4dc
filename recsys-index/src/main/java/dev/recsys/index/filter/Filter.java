package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.And;
import dev.recsys.index.filter.Expr.Everything;
import dev.recsys.index.filter.Expr.Not;
import dev.recsys.index.filter.Expr.Or;
import dev.recsys.index.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the fields of an entity, in Milvus's language: parsed from a text or built.
 * Immutable; two are equal if they say the same.
 *
 * <pre>{@code
 * Filter.parse("array_contains(genres, 'Comedy') and year >= 1990")
 * Filter.parse("id in {ids}", Map.of("ids", List.of(1, 2, 3)))
 * Filter.field("genres").arrayContains("Comedy").and(Filter.field("year").ge(1990))
 * }</pre>
 *
 * <p>Values of an application belong into templates or the builder, where they stay values: no text
 * they hold is ever read as a part of the expression.
 */
public final class Filter {
  private final Expr expr;
  private final @Nullable String source;

  private Filter(Expr expr, @Nullable String source) {
    this.expr = expr;
    this.source = source;
  }

  static Filter of(Expr expr) {
    return new Filter(built(expr), null);
  }

  /** Passes on what was built, unless its text would be too deep to be parsed. */
  static Expr built(Expr expr) {
    if (expr.depth() > FilterReader.MAX_NESTING) {
      throw new IllegalArgumentException(
          "filter: operators at most " + FilterReader.MAX_NESTING + " deep in one another");
    }
    return expr;
  }

  /**
   * Parses an expression without templates. An empty or blank one is satisfied by every entity.
   *
   * @throws FilterException if it is not an expression; if it has more than 1,048,576 characters,
   *     brackets more than 64 deep, or operators more than 256 deep
   */
  public static Filter parse(String expression) {
    return parse(expression, Map.of());
  }

  /**
   * Parses an expression in which {@code {name}} stands for the value of that name: a Boolean, a
   * Byte, Short, Integer, Long, Float or Double, a String, or a collection of such. Values that no
   * template names are passed over.
   *
   * @throws FilterException as {@link #parse(String)}, and if a template has no value
   * @throws IllegalArgumentException if a value is of another class, or NaN or infinite
   */
  public static Filter parse(String expression, Map<String, ?> parameters) {
    return new Filter(FilterReader.read(expression, parameters), expression);
  }

  /**
   * Starts a condition on a field, or on a key of the dynamic field.
   *
   * @throws IllegalArgumentException if the name is neither {@code [A-Za-z_][A-Za-z0-9_]*} nor
   *     {@code $meta}, or is a word of the language
   */
  public static FilterField field(String name) {
    return FilterField.of(name);
  }

  /** Returns the filter that is satisfied where both are. */
  public Filter and(Filter other) {
    if (everything() || other.everything()) {
      return everything() ? other : this;
    }
    List<Expr> parts = new ArrayList<>();
    for (Expr part : List.of(expr, other.expr)) {
      parts.addAll(part instanceof And and ? and.parts() : List.of(part));
    }
    return of(new And(List.copyOf(parts), At.NOWHERE));
  }

  /** Returns the filter that is satisfied where either is. */
  public Filter or(Filter other) {
    if (everything() || other.everything()) {
      return everything() ? this : other;
    }
    List<Expr> parts = new ArrayList<>();
    for (Expr part : List.of(expr, other.expr)) {
      parts.addAll(part instanceof Or or ? or.parts() : List.of(part));
    }
    return of(new Or(List.copyOf(parts), At.NOWHERE));
  }

  /**
   * Returns the opposite; neither is satisfied where a null leaves it open.
   *
   * @throws IllegalStateException if this is the empty filter, whose opposite cannot be written
   */
  public Filter not() {
    if (everything()) {
      throw new IllegalStateException("the empty filter has no opposite: it finds every entity");
    }
    return of(new Not(expr, At.NOWHERE));
  }

  Expr expr() {
    return expr;
  }

  /** Returns whether this is the empty filter, which every entity satisfies. */
  public boolean everything() {
    return expr instanceof Everything;
  }

  /**
   * Checks the filter against the fields of a collection and makes it ready to be evaluated.
   *
   * @throws FilterException if it names a field that does not exist, or compares or computes what
   *     does not go together
   */
  public BoundFilter bind(CollectionSchema schema) {
    String text = source == null ? toString() : source;
    Scope scope = new Scope(schema, text, source != null);
    return new BoundFilter(this, new ConditionBinder(scope).bind(expr));
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Filter other && expr.equals(other.expr);
  }

  @Override
  public int hashCode() {
    return expr.hashCode();
  }

  /**
   * Returns the expression in its canonical text, with the values in the place of the templates; it
   * parses to an equal filter.
   */
  @Override
  public String toString() {
    return ExprWriter.write(expr);
  }
}
