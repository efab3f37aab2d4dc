package dev.recsys.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them. */
final class Csv {
  private static final char QUOTE = '"';

  private Csv() {}

  /** Returns cells as one line, without its end; a cell is quoted if it must be. */
  static String line(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == QUOTE || c == '\n' || c == '\r');
    return plain ? cell : QUOTE + cell.replace("\"", "\"\"") + QUOTE;
  }

  /**
   * Returns the cells of every line; an empty line is one empty cell, what follows the last line's
   * end is no line.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static List<List<String>> parse(String text) {
    return new Parser(text).lines();
  }

  /** Goes through a text once. */
  private static final class Parser {
    private final String text;
    private final List<List<String>> lines = new ArrayList<>();
    private List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<List<String>> lines() {
      while (at < text.length()) {
        char c = text.charAt(at++);
        switch (c) {
          case QUOTE -> quoted();
          case ',' -> endCell();
          case '\n' -> endLine();
          case '\r' -> {
            if (at == text.length() || text.charAt(at) != '\n') {
              endLine();
            }
          }
          default -> cell.append(c);
        }
      }
      if (!cells.isEmpty() || !cell.isEmpty()) {
        endLine();
      }
      return lines;
    }

    /** Reads from behind a quote to the next that is not doubled. */
    private void quoted() {
      int opened = at - 1;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c != QUOTE) {
          cell.append(c);
        } else if (at < text.length() && text.charAt(at) == QUOTE) {
          cell.append(text.charAt(at++));
        } else {
          return;
        }
      }
      throw new IllegalArgumentException("the quote at character " + opened + " is not closed");
    }

    private void endCell() {
      cells.add(cell.toString());
      cell.setLength(0);
    }

    private void endLine() {
      endCell();
      lines.add(cells);
      cells = new ArrayList<>();
    }
  }
}
