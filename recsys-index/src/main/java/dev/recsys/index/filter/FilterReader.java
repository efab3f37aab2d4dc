package dev.recsys.index.filter;

import dev.recsys.index.filter.grammar.FilterLexer;
import dev.recsys.index.filter.grammar.FilterParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of an expression. What is too long or too deep is refused before anything recurses
 * into it, so that no text can exhaust the stack.
 */
final class FilterReader {
  /** The longest text, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  /** How many brackets and exponents may stand inside one another. */
  static final int MAX_NESTING = 64;

  /** How many operators may stand inside one another. */
  static final int MAX_DEPTH = 256;

  private static final int MAX_NAMED = 8;

  private FilterReader() {}

  static Expr read(String text, Map<String, ?> parameters) {
    if (text.length() > MAX_LENGTH) {
      throw new FilterException(
          text, MAX_LENGTH, "at most " + MAX_LENGTH + " characters", text.length() + " characters");
    }
    if (text.isBlank()) {
      return new Expr.Everything(new At(0)); // without the parser, which takes long to load
    }
    FilterLexer lexer = new FilterLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    Offsets offsets = new Offsets(text);
    checkNesting(text, offsets, tokens.getTokens());
    FilterParser parser = new FilterParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(new Refusal(text, offsets));
    parser.setBuildParseTree(true);
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    return new TreeReader(text, offsets, parameters).read(parser.filter());
  }

  private static void checkNesting(String text, Offsets offsets, List<Token> tokens) {
    int open = 0;
    int powers = 0;
    for (Token token : tokens) {
      switch (token.getType()) {
        case FilterLexer.LEFT_PAREN, FilterLexer.LEFT_BRACKET -> open++;
        case FilterLexer.RIGHT_PAREN, FilterLexer.RIGHT_BRACKET -> open--;
        case FilterLexer.POWER -> powers++;
        default -> {}
      }
      if (open + powers > MAX_NESTING) {
        throw new FilterException(
            text,
            offsets.of(token),
            "brackets and exponents nested at most " + MAX_NESTING + " deep",
            "one more");
      }
    }
  }

  /** Turns positions in code points, as the lexer counts, into positions in characters. */
  static final class Offsets {
    private final String text;
    private final boolean same;

    Offsets(String text) {
      this.text = text;
      this.same = text.codePointCount(0, text.length()) == text.length();
    }

    int of(Token token) {
      int start = token.getStartIndex();
      return same ? start : text.offsetByCodePoints(0, start);
    }
  }

  /** Ends the reading at the first error. */
  private static final class Refusal extends BaseErrorListener {
    private final String text;
    private final Offsets offsets;

    Refusal(String text, Offsets offsets) {
      this.text = text;
      this.offsets = offsets;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException cause) {
      Token token = cause == null ? (Token) symbol : cause.getOffendingToken();
      boolean end = token.getType() == Token.EOF;
      throw new FilterException(
          text,
          end ? text.length() : offsets.of(token),
          expected((Parser) recognizer),
          end ? "the end" : "\"" + token.getText() + "\"");
    }

    private static String expected(Parser parser) {
      TreeSet<String> names = new TreeSet<>();
      for (int type : parser.getExpectedTokens().toList()) {
        names.add(name(parser, type));
      }
      if (names.contains("a number")) {
        return "a value, a field or a condition";
      }
      List<String> shown = new ArrayList<>(names);
      return shown.size() > MAX_NAMED
          ? "an operator or the end"
          : shown.isEmpty() ? "something else" : String.join(" or ", shown);
    }

    private static String name(Parser parser, int type) {
      return switch (type) {
        case Token.EOF -> "the end";
        case FilterParser.INTEGER, FilterParser.REAL -> "a number";
        case FilterParser.STRING, FilterParser.RAW_STRING -> "a text";
        case FilterParser.IDENTIFIER -> "a name";
        case FilterParser.AND -> "and";
        case FilterParser.OR -> "or";
        case FilterParser.NOT -> "not";
        case FilterParser.IN -> "in";
        case FilterParser.LIKE -> "like";
        case FilterParser.IS -> "is";
        case FilterParser.NULL -> "null";
        default -> parser.getVocabulary().getDisplayName(type);
      };
    }
  }
}
