package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Constant;
import dev.recsys.index.filter.Expr.Contains;
import dev.recsys.index.filter.Expr.Exists;
import dev.recsys.index.filter.Expr.IsNull;
import dev.recsys.index.filter.Expr.Length;
import dev.recsys.index.filter.Expr.Path;
import dev.recsys.index.filter.Expr.Wanted;
import dev.recsys.index.filter.grammar.FilterParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Reads what operators stand between: constants, paths and calls. */
final class AtomReader {
  private static final String FUNCTIONS =
      "array_contains, array_contains_all, array_contains_any, array_length, json_contains,"
          + " json_contains_all, json_contains_any";

  private final TreeReader levels;
  private final Map<String, ?> parameters;

  AtomReader(TreeReader levels, Map<String, ?> parameters) {
    this.levels = levels;
    this.parameters = parameters;
  }

  Expr read(FilterParser.AtomContext tree) {
    At at = levels.at(tree);
    if (tree.disjunction() != null) {
      return levels.read(tree.disjunction());
    }
    if (tree.path() != null) {
      return path(tree.path());
    }
    if (tree.list() != null) {
      return list(tree.list());
    }
    if (tree.template() != null) {
      return template(tree.template());
    }
    if (tree.exists() != null) {
      return new Exists(path(tree.exists().path()), at);
    }
    if (tree.nullTest() != null) {
      return new IsNull(path(tree.nullTest().path()), tree.nullTest().NOT() != null, at);
    }
    return tree.call() == null ? constant(tree, at) : call(tree.call(), at);
  }

  private Expr constant(FilterParser.AtomContext tree, At at) {
    if (tree.string() != null) {
      return new Constant(string(tree.string()), at);
    }
    if (tree.BOOLEAN() != null) {
      return new Constant(tree.getText().equalsIgnoreCase("true"), at);
    }
    return number("", at, tree.INTEGER(), tree.REAL());
  }

  /** Returns the constant of a minus before a number, null if there is no number. */
  @Nullable Expr negative(At at, @Nullable ParseTree integer, @Nullable ParseTree real) {
    return integer == null && real == null ? null : number("-", at, integer, real);
  }

  private Constant number(
      String sign, At at, @Nullable ParseTree integer, @Nullable ParseTree real) {
    ParseTree literal = integer == null ? real : integer;
    if (literal == null) {
      throw new IllegalStateException("neither an integer nor a floating number");
    }
    String written = sign + literal.getText();
    @Nullable Number value;
    if (integer == null) {
      value = Literals.real(written);
    } else {
      value = Literals.integer(written);
    }
    if (value == null) {
      throw levels.refused(
          at, integer == null ? "a finite number" : "an integer of 64 bits", written);
    }
    return new Constant(value, at);
  }

  private String string(FilterParser.StringContext tree) {
    String value = Literals.text(tree.getText());
    if (value == null) {
      throw levels.refused(
          levels.at(tree),
          "a text with the escapes \\\\ \\' \\\" \\? \\a \\b \\f \\n \\r \\t \\v \\% \\_ \\uXXXX"
              + " \\UXXXXXXXX, or bytes of UTF-8 as \\ooo and \\xXX",
          tree.getText());
    }
    return value;
  }

  private Path path(FilterParser.PathContext tree) {
    List<Object> steps = new ArrayList<>();
    for (FilterParser.SubscriptContext subscript : tree.subscript()) {
      steps.add(step(subscript));
    }
    return new Path(tree.getChild(0).getText(), List.copyOf(steps), levels.at(tree));
  }

  private Object step(FilterParser.SubscriptContext tree) {
    if (tree.string() != null) {
      String key = string(tree.string());
      if (key.isEmpty()) {
        throw levels.refused(levels.at(tree.string()), "a key of at least one character", "\"\"");
      }
      return key;
    }
    return number("", levels.at(tree), tree.INTEGER(), null).value();
  }

  private Constant list(FilterParser.ListContext tree) {
    List<Object> values = new ArrayList<>(tree.element().size());
    for (FilterParser.ElementContext element : tree.element()) {
      values.add(element(element));
    }
    return new Constant(Collections.unmodifiableList(values), levels.at(tree));
  }

  private Object element(FilterParser.ElementContext tree) {
    At at = levels.at(tree);
    FilterParser.ConstantContext plain = tree.constant();
    if (plain != null) {
      return plain.string() == null
          ? number(plain.MINUS() == null ? "" : "-", at, plain.INTEGER(), plain.REAL()).value()
          : string(plain.string());
    }
    Expr expr = levels.read(tree.disjunction());
    if (expr instanceof Constant constant) {
      return constant.value();
    }
    Object folded = Folding.constant(expr);
    if (folded == null) {
      throw levels.refused(at, "a constant", ExprWriter.write(expr));
    }
    return folded;
  }

  private Constant template(FilterParser.TemplateContext tree) {
    String name = tree.name().getText();
    At at = levels.at(tree);
    if (!parameters.containsKey(name)) {
      throw levels.refused(
          at, "a template with a value, which are " + parameters.keySet(), "{" + name + "}");
    }
    return new Constant(Constants.of("template {" + name + "}", parameters.get(name)), at);
  }

  private Expr call(FilterParser.CallContext tree, At at) {
    String written = tree.IDENTIFIER().getText();
    String name = written.toLowerCase(Locale.ROOT);
    List<FilterParser.ArgumentContext> arguments = tree.argument();
    boolean cased = written.equals(name) || written.equals(name.toUpperCase(Locale.ROOT));
    if (!cased || !List.of(FUNCTIONS.split(", ")).contains(name)) {
      throw levels.refused(at, "one of the functions " + FUNCTIONS, written);
    }
    int needed = name.equals("array_length") ? 1 : 2;
    boolean named = arguments.stream().anyMatch(argument -> argument.ASSIGN() != null);
    if (arguments.size() != needed || named) {
      throw levels.refused(
          at, needed + " arguments of " + name, named ? "a named one" : "" + arguments.size());
    }
    Expr first = levels.read(arguments.get(0).disjunction());
    if (!(first instanceof Path array)) {
      throw levels.refused(first.at(), "a field", ExprWriter.write(first));
    }
    return needed == 1
        ? new Length(array, at)
        : new Contains(wanted(name), array, levels.read(arguments.get(1).disjunction()), at);
  }

  private static Wanted wanted(String function) {
    if (function.endsWith("_all")) {
      return Wanted.ALL;
    }
    return function.endsWith("_any") ? Wanted.ANY : Wanted.ONE;
  }
}
