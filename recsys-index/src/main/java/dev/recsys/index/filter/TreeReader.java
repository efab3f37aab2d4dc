package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.And;
import dev.recsys.index.filter.Expr.Arithmetic;
import dev.recsys.index.filter.Expr.Chain;
import dev.recsys.index.filter.Expr.Compare;
import dev.recsys.index.filter.Expr.Everything;
import dev.recsys.index.filter.Expr.In;
import dev.recsys.index.filter.Expr.Like;
import dev.recsys.index.filter.Expr.Not;
import dev.recsys.index.filter.Expr.Or;
import dev.recsys.index.filter.Expr.Prefix;
import dev.recsys.index.filter.FilterReader.Offsets;
import dev.recsys.index.filter.grammar.FilterParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Turns the tree of the parser into an expression, level by level. */
final class TreeReader {
  private final String text;
  private final Offsets offsets;
  private final AtomReader atoms;

  TreeReader(String text, Offsets offsets, Map<String, ?> parameters) {
    this.text = text;
    this.offsets = offsets;
    this.atoms = new AtomReader(this, parameters);
  }

  Expr read(FilterParser.FilterContext tree) {
    return tree.disjunction() == null ? new Everything(new At(0)) : read(tree.disjunction());
  }

  FilterException refused(At at, String expected, String found) {
    return new FilterException(text, at.offset(), expected, found);
  }

  At at(ParserRuleContext tree) {
    return new At(offsets.of(tree.getStart()));
  }

  /** Passes an expression on, unless too much stands inside it. */
  private Expr checked(Expr expr) {
    if (expr.depth() > FilterReader.MAX_DEPTH) {
      throw refused(
          expr.at(), "at most " + FilterReader.MAX_DEPTH + " operators in one another", "one more");
    }
    return expr;
  }

  Expr read(FilterParser.DisjunctionContext tree) {
    List<FilterParser.ConjunctionContext> trees = tree.conjunction();
    if (trees.size() == 1) {
      return read(trees.get(0));
    }
    List<Expr> parts = new ArrayList<>();
    for (FilterParser.ConjunctionContext part : trees) {
      Expr expr = read(part);
      parts.addAll(expr instanceof Or or ? or.parts() : List.of(expr));
    }
    return checked(new Or(List.copyOf(parts), at(tree)));
  }

  private Expr read(FilterParser.ConjunctionContext tree) {
    List<FilterParser.BitOrContext> trees = tree.bitOr();
    if (trees.size() == 1) {
      return read(trees.get(0));
    }
    List<Expr> parts = new ArrayList<>();
    for (FilterParser.BitOrContext part : trees) {
      Expr expr = read(part);
      parts.addAll(expr instanceof And and ? and.parts() : List.of(expr));
    }
    return checked(new And(List.copyOf(parts), at(tree)));
  }

  private Expr read(FilterParser.BitOrContext tree) {
    return arithmetic(tree.bitXor(), this::read, i -> Operator.BIT_OR);
  }

  private Expr read(FilterParser.BitXorContext tree) {
    return arithmetic(tree.bitAnd(), this::read, i -> Operator.BIT_XOR);
  }

  private Expr read(FilterParser.BitAndContext tree) {
    return arithmetic(tree.equality(), this::read, i -> Operator.BIT_AND);
  }

  private Expr read(FilterParser.ShiftContext tree) {
    return arithmetic(tree.sum(), this::read, i -> Operator.of(tree.shiftOperator(i).getText()));
  }

  private Expr read(FilterParser.SumContext tree) {
    return arithmetic(tree.product(), this::read, i -> Operator.of(tree.sumOperator(i).getText()));
  }

  private Expr read(FilterParser.ProductContext tree) {
    return arithmetic(
        tree.signed(), this::read, i -> Operator.of(tree.productOperator(i).getText()));
  }

  private interface Reading<T> {
    Expr read(T tree);
  }

  private interface Operators {
    Operator get(int index);
  }

  private <T> Expr arithmetic(List<T> trees, Reading<T> reading, Operators operators) {
    Expr left = reading.read(trees.get(0));
    for (int i = 1; i < trees.size(); i++) {
      Expr right = reading.read(trees.get(i));
      left = checked(new Arithmetic(operators.get(i - 1), left, right, left.at()));
    }
    return left;
  }

  private Expr read(FilterParser.EqualityContext tree) {
    Expr left = read(tree.relation(0));
    for (int i = 1; i < tree.relation().size(); i++) {
      Comparison operator = Comparison.of(tree.equalityOperator(i - 1).getText());
      left = checked(new Compare(operator, left, read(tree.relation(i)), left.at()));
    }
    return left;
  }

  private Expr read(FilterParser.RelationContext tree) {
    List<Expr> operands = new ArrayList<>();
    tree.membership().forEach(part -> operands.add(read(part)));
    Expr first = operands.get(0);
    if (operands.size() == 1) {
      return first;
    }
    Comparison left = Comparison.of(tree.relationOperator(0).getText());
    if (operands.size() == 2) {
      return checked(new Compare(left, first, operands.get(1), first.at()));
    }
    Comparison right = Comparison.of(tree.relationOperator(1).getText());
    if (left.ascending() != right.ascending() || operands.size() > 3) {
      int wrong = operands.size() > 3 ? 2 : 1;
      throw refused(
          at(tree.relationOperator(wrong)),
          "at most two comparisons in a chain, both upwards or both downwards",
          "\"" + tree.relationOperator(wrong).getText() + "\"");
    }
    Expr middle = operands.get(1);
    return checked(new Chain(first, left, middle, right, operands.get(2), first.at()));
  }

  private Expr read(FilterParser.MembershipContext tree) {
    Expr left = read(tree.shift(0));
    for (int i = 1; i < tree.shift().size(); i++) {
      boolean negated = tree.inOperator(i - 1).NOT() != null;
      left = checked(new In(left, negated, read(tree.shift(i)), left.at()));
    }
    return left;
  }

  private Expr read(FilterParser.SignedContext tree) {
    return prefixed(tree.prefixOperator(), tree.power());
  }

  private Expr prefixed(
      List<FilterParser.PrefixOperatorContext> operators, FilterParser.PowerContext operand) {
    int last = operators.size() - 1;
    Expr negative = last >= 0 ? negative(operators.get(last), operand) : null;
    Expr expr = negative == null ? read(operand) : negative;
    for (int i = negative == null ? last : last - 1; i >= 0; i--) {
      expr = prefixed(operators.get(i), expr);
    }
    return expr;
  }

  /** Reads a minus and a number as one constant, so that the least integer can be written. */
  private @Nullable Expr negative(
      FilterParser.PrefixOperatorContext operator, FilterParser.PowerContext operand) {
    FilterParser.MatchContext match = operand.match();
    boolean plain = operand.exponent().isEmpty() && match.LIKE() == null;
    return plain && operator.MINUS() != null
        ? atoms.negative(at(operator), match.atom(0).INTEGER(), match.atom(0).REAL())
        : null;
  }

  private Expr prefixed(FilterParser.PrefixOperatorContext operator, Expr operand) {
    At at = at(operator);
    if (operator.NOT() != null) {
      return checked(new Not(operand, at));
    }
    for (Prefix prefix : Prefix.values()) {
      if (prefix.symbol.equals(operator.getText())) {
        return checked(Expr.prefixed(prefix, operand, at));
      }
    }
    throw new IllegalStateException("no prefix is written " + operator.getText());
  }

  private Expr read(FilterParser.PowerContext tree) {
    Expr left = read(tree.match());
    for (FilterParser.ExponentContext exponent : tree.exponent()) {
      Expr right =
          exponent.match() == null
              ? prefixed(exponent.prefixOperator(), exponent.power())
              : read(exponent.match());
      left = checked(new Arithmetic(Operator.POWER, left, right, left.at()));
    }
    return left;
  }

  private Expr read(FilterParser.MatchContext tree) {
    Expr left = atoms.read(tree.atom(0));
    return tree.LIKE() == null
        ? left
        : checked(new Like(left, atoms.read(tree.atom(1)), left.at()));
  }
}
