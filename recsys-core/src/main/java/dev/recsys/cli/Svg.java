package dev.recsys.cli;

import java.util.List;

/** Pieces of SVG pictures. */
final class Svg {
  /** Told apart by people who see few colours: Okabe and Ito, Color Universal Design, 2008. */
  static final List<String> COLORS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private Svg() {}

  static String picture(int width, int height, String content) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\" font-family=\"sans-serif\" font-size=\"13\">\n"
        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        + content
        + "</svg>\n";
  }

  static String path(String path, String color) {
    return "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + color + "\"/>\n";
  }

  static String bar(double x, double y, double width, double height, String color, String title) {
    return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"><title>%s</title></rect>\n"
        .formatted(tenth(x), tenth(y), tenth(width), tenth(height), color, escaped(title));
  }

  static String dot(double x, double y, String color, String title) {
    return "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\" fill-opacity=\"0.7\"><title>%s</title></circle>\n"
        .formatted(tenth(x), tenth(y), color, escaped(title));
  }

  /**
   * A text.
   *
   * @param anchor start, middle or end
   */
  static String text(double x, double y, String anchor, String text) {
    String place = "x=\"" + tenth(x) + "\" y=\"" + tenth(y) + "\"";
    return "<text " + place + " text-anchor=\"" + anchor + "\">" + escaped(text) + "</text>\n";
  }

  /** Returns text as it stands between tags and in attributes, without control characters. */
  static String escaped(String text) {
    return text.replaceAll("\\p{Cntrl}", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
