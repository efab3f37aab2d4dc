package dev.recsys.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over named points of a common axis, from 0 up, as an SVG picture. */
final class LinePlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;
  private static final int LEFT = 60;
  private static final int RIGHT = 470;
  private static final int TOP = 30;
  private static final int BOTTOM = 340;
  private static final int LINE = 20;
  private static final int TICKS = 5;

  /** Told apart by people who see few colours: Okabe and Ito, Color Universal Design, 2008. */
  private static final List<String> COLORS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  /** A line; a value that is not a number is a gap. */
  private record Series(String name, List<Double> values) {}

  private final String horizontal;
  private final String vertical;
  private final List<String> points;
  private final List<Series> series = new ArrayList<>();

  LinePlot(String horizontal, String vertical, List<String> points) {
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.points = points;
  }

  /** Adds a line with a value for every point. */
  LinePlot line(String name, List<Double> values) {
    if (values.size() != points.size()) {
      throw new IllegalArgumentException(
          "line %s must have %d values, not %d".formatted(name, points.size(), values.size()));
    }
    series.add(new Series(name, values));
    return this;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT)
        .append("\" font-family=\"sans-serif\" font-size=\"13\">\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    double top = top();
    for (int tick = 0; tick <= TICKS; tick++) {
      double y = y(top * tick / TICKS, top);
      svg.append(path("M" + LEFT + " " + tenth(y) + "H" + RIGHT, "#ddd"));
      svg.append(
          text(LEFT - 8, y + 4, "end", String.format(Locale.ROOT, "%.2f", top * tick / TICKS)));
    }
    for (int p = 0; p < points.size(); p++) {
      svg.append(text(x(p), BOTTOM + LINE, "middle", points.get(p)));
    }
    svg.append(text((LEFT + RIGHT) / 2.0, BOTTOM + 2.2 * LINE, "middle", horizontal));
    svg.append(text(LEFT, TOP - 12, "middle", vertical));
    for (int s = 0; s < series.size(); s++) {
      String color = COLORS.get(s % COLORS.size());
      double legend = TOP + s * LINE;
      svg.append(path(line(series.get(s), top), color))
          .append(path("M" + (RIGHT + 10) + " " + tenth(legend) + "h" + LINE, color))
          .append(text(RIGHT + 36, legend + 4, "start", series.get(s).name));
    }
    return svg.append("</svg>\n").toString();
  }

  private String line(Series line, double top) {
    StringBuilder path = new StringBuilder();
    boolean open = false;
    for (int p = 0; p < points.size(); p++) {
      double value = line.values.get(p);
      boolean here = !Double.isNaN(value);
      if (here) {
        path.append(open ? "L" : "M").append(tenth(x(p)) + " " + tenth(y(value, top)));
      }
      open = here;
    }
    return path.toString();
  }

  /** Returns the upper end of the axis: a round number that no value exceeds. */
  private double top() {
    double most =
        series.stream()
            .flatMap(line -> line.values.stream())
            .filter(value -> !Double.isNaN(value))
            .mapToDouble(value -> value)
            .max()
            .orElse(1);
    return Math.max(0.05, Math.ceil(most * 20) / 20);
  }

  private double x(int point) {
    return LEFT + (RIGHT - LEFT) * (point + 0.5) / points.size();
  }

  private static double y(double value, double top) {
    return BOTTOM - (BOTTOM - TOP) * value / top;
  }

  private static String path(String path, String color) {
    return "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + color + "\"/>\n";
  }

  private static String text(double x, double y, String anchor, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    String place = "x=\"" + tenth(x) + "\" y=\"" + tenth(y) + "\"";
    return "<text " + place + " text-anchor=\"" + anchor + "\">" + escaped + "</text>\n";
  }

  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
