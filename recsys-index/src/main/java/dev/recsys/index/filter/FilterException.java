package dev.recsys.index.filter;

/**
 * A filter that cannot be understood, or does not fit the fields of its collection. The message
 * shows the text with a caret under the place.
 */
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private static final int AROUND = 60;

  private final String expression;
  private final int position;
  private final String expected;
  private final String found;

  FilterException(String expression, int position, String expected, String found) {
    super(message(expression, position, expected, found));
    this.expression = expression;
    this.position = position;
    this.expected = expected;
    this.found = found;
  }

  private static String message(String expression, int position, String expected, String found) {
    StringBuilder message = new StringBuilder("filter");
    if (position >= 0) {
      message.append(", position ").append(position);
    }
    message.append(": expected ").append(expected).append(", found ").append(found);
    int from = Math.max(0, position - AROUND);
    int to = Math.min(expression.length(), Math.max(0, position) + AROUND);
    String before = from > 0 ? "..." : "";
    message.append("\n  ").append(before);
    // a line break or a tab would move the caret
    message.append(expression.substring(from, to).replaceAll("\\s", " "));
    message.append(to < expression.length() ? "..." : "");
    if (position >= 0) {
      message.append("\n  ").append(" ".repeat(before.length() + position - from)).append('^');
    }
    return message.toString();
  }

  /** Returns the whole expression. */
  public String expression() {
    return expression;
  }

  /**
   * Returns where in the expression it went wrong, in characters from 0; -1 for an expression that
   * was built and not parsed.
   */
  public int position() {
    return position;
  }

  /** Returns what could have stood there. */
  public String expected() {
    return expected;
  }

  /** Returns what stood there. */
  public String found() {
    return found;
  }
}
