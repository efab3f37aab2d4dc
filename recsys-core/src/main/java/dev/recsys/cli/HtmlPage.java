package dev.recsys.cli;

import java.util.List;

/** A page that needs nothing but itself: text, tables and pictures, one under the other. */
final class HtmlPage {
  private static final String STYLE =
      """
      body { font: 15px/1.5 sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em; color: #222 }
      table { border-collapse: collapse; margin: 0.5em 0 1.5em }
      th, td { text-align: left; padding: 0.2em 1.2em 0.2em 0; border-bottom: 1px solid #ddd }
      td.number { text-align: right; font-variant-numeric: tabular-nums }
      svg { max-width: 100%; height: auto }
      """;

  private final String title;
  private final StringBuilder body = new StringBuilder();

  HtmlPage(String title) {
    this.title = title;
  }

  HtmlPage section(String heading) {
    return element("h2", heading);
  }

  HtmlPage subsection(String heading) {
    return element("h3", heading);
  }

  HtmlPage text(String text) {
    return element("p", text);
  }

  /** Adds a picture that is SVG already. */
  HtmlPage picture(String svg) {
    body.append("<figure>\n").append(svg).append("</figure>\n");
    return this;
  }

  HtmlPage table(List<String> header, List<List<String>> rows) {
    body.append("<table>\n<tr>");
    header.forEach(cell -> body.append("<th>").append(Svg.escaped(cell)).append("</th>"));
    body.append("</tr>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      for (String cell : row) {
        body.append(isNumber(cell) ? "<td class=\"number\">" : "<td>")
            .append(Svg.escaped(cell))
            .append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</table>\n");
    return this;
  }

  private static boolean isNumber(String cell) {
    return cell.matches("-?[0-9][0-9,]*(\\.[0-9]+)?( .[0-9.]+)?");
  }

  private HtmlPage element(String tag, String text) {
    body.append('<').append(tag).append('>').append(Svg.escaped(text));
    body.append("</").append(tag).append(">\n");
    return this;
  }

  @Override
  public String toString() {
    String heading = Svg.escaped(title);
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        + ("<title>" + heading + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n")
        + ("<body>\n<h1>" + heading + "</h1>\n" + body + "</body>\n</html>\n");
  }
}
