package dev.recsys.cli;

import static dev.recsys.cli.Svg.path;
import static dev.recsys.cli.Svg.tenth;
import static dev.recsys.cli.Svg.text;

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
      String color = Svg.COLORS.get(s % Svg.COLORS.size());
      double legend = TOP + s * LINE;
      svg.append(path(line(series.get(s), top), color))
          .append(path("M" + (RIGHT + 10) + " " + tenth(legend) + "h" + LINE, color))
          .append(text(RIGHT + 36, legend + 4, "start", series.get(s).name));
    }
    return Svg.picture(WIDTH, HEIGHT, svg.toString());
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
}
