package dev.recsys.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of text with columns as wide as their widest cell; numbers stand to the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    this.header = List.of(header);
  }

  TextTable row(Object... cells) {
    List<String> row = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      row.add(cell.toString());
    }
    rows.add(row);
    return this;
  }

  void print(PrintWriter out) {
    int[] widths = new int[header.size()];
    boolean[] right = new boolean[header.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = width(header.get(column));
      right[column] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
        right[column] &= isNumber(row.get(column));
      }
    }
    print(out, header, widths, right);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    print(out, rule, widths, right);
    rows.forEach(row -> print(out, row, widths, right));
  }

  private static void print(PrintWriter out, List<String> row, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String padding = " ".repeat(widths[column] - width(cell));
      line.append(right[column] ? padding + cell : cell + padding).append(GAP);
    }
    out.println(line.toString().stripTrailing());
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static boolean isNumber(String cell) {
    return cell.matches("-|-?[0-9.,]+ ?%?");
  }
}
