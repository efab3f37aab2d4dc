package dev.recsys.cli;

import java.util.Arrays;
import java.util.Locale;

/** How often times of a range of lengths were measured, as an SVG picture. */
final class Histogram {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 260;
  private static final int LEFT = 40;
  private static final int TOP = 20;
  private static final int BOTTOM = 210;
  private static final int BARS = 40;

  /** The few slowest would leave no room for the others. */
  private static final double SHOWN = 0.99;

  private final double[] sorted;

  /** Takes microseconds, at least one. */
  Histogram(double[] micros) {
    this.sorted = micros.clone();
    Arrays.sort(sorted);
  }

  /** Returns what a share of the times does not exceed. */
  double quantile(double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }

  String svg() {
    double least = sorted[0];
    double most = Math.max(quantile(SHOWN), Math.nextUp(least));
    int[] counts = new int[BARS];
    for (double value : sorted) {
      if (value <= most) {
        counts[(int) Math.min(BARS - 1.0, BARS * (value - least) / (most - least))]++;
      }
    }
    int highest = Arrays.stream(counts).max().orElse(1);
    double width = (WIDTH - 2.0 * LEFT) / BARS;
    StringBuilder svg = new StringBuilder();
    for (int i = 0; i < BARS; i++) {
      double height = (BOTTOM - TOP) * (double) counts[i] / highest;
      double from = least + i * (most - least) / BARS;
      double to = least + (i + 1) * (most - least) / BARS;
      String title = micros(from) + " to " + micros(to) + " us: " + counts[i];
      svg.append(Svg.bar(LEFT + i * width, BOTTOM - height, width - 1, height, color(), title));
    }
    svg.append(Svg.path("M" + LEFT + " " + BOTTOM + "H" + (WIDTH - LEFT), "#888"));
    for (int tick = 0; tick <= 4; tick++) {
      double x = LEFT + (WIDTH - 2.0 * LEFT) * tick / 4;
      svg.append(Svg.text(x, BOTTOM + 20, "middle", micros(least + (most - least) * tick / 4)));
    }
    svg.append(Svg.text(WIDTH / 2.0, BOTTOM + 40, "middle", "microseconds"));
    return Svg.picture(WIDTH, HEIGHT, svg.toString());
  }

  private static String color() {
    return Svg.COLORS.get(0);
  }

  static String micros(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
