package dev.recsys.index.filter;

import java.util.Arrays;

/**
 * A pattern of {@code like}: {@code %} stands for any number of characters, {@code _} for one code
 * point; a backslash makes the {@code %}, {@code _} or backslash after it stand for itself, and
 * before anything else stands for itself.
 *
 * <p>Matching goes back only to the last {@code %}, so its time is at most the product of the
 * lengths, whatever the pattern.
 */
final class LikePattern {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] symbols;

  LikePattern(String pattern) {
    int[] points = pattern.codePoints().toArray();
    int[] found = new int[points.length];
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      boolean escape = points[i] == '\\' && i + 1 < points.length && special(points[i + 1]);
      if (escape) {
        found[count++] = points[++i];
      } else {
        found[count++] = points[i] == '%' ? ANY : points[i] == '_' ? ONE : points[i];
      }
    }
    this.symbols = Arrays.copyOf(found, count);
  }

  private static boolean special(int point) {
    return point == '%' || point == '_' || point == '\\';
  }

  /** Returns the text as a pattern that only it matches. */
  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  boolean matches(String text) {
    int symbol = 0;
    int at = 0;
    int resumeSymbol = -1;
    int resumeAt = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      if (symbol < symbols.length && symbols[symbol] == ANY) {
        resumeSymbol = ++symbol;
        resumeAt = at;
      } else if (symbol < symbols.length && (symbols[symbol] == ONE || symbols[symbol] == point)) {
        symbol++;
        at += Character.charCount(point);
      } else if (resumeSymbol >= 0) {
        symbol = resumeSymbol;
        resumeAt += Character.charCount(text.codePointAt(resumeAt));
        at = resumeAt;
      } else {
        return false;
      }
    }
    while (symbol < symbols.length && symbols[symbol] == ANY) {
      symbol++;
    }
    return symbol == symbols.length;
  }
}
