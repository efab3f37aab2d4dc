package dev.recsys.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.NavigableMap;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture with a line for every backend, over a logarithmic axis. */
final class Curve {
  static final int WIDTH = 1_100;
  static final int HEIGHT = 700;

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Color GRID = new Color(0xDD, 0xDD, 0xDD);
  private static final int MARKER = 9;

  /**
   * This project's are strong and drawn thick; others follow by turns, told apart by marker too.
   */
  private static final Color[] OURS = {
    new Color(0xC6, 0x1A, 0x1A), new Color(0x10, 0x3F, 0xB0), new Color(0x00, 0x7A, 0x3D)
  };

  private static final Color[] OTHERS = {
    new Color(0xF5, 0x8E, 0x1D),
    new Color(0x17, 0xBE, 0xCF),
    new Color(0x8C, 0x4A, 0xB8),
    new Color(0x7F, 0x7F, 0x7F),
    new Color(0xE3, 0x77, 0xC2),
    new Color(0x8C, 0x56, 0x2B),
    new Color(0xA8, 0xB8, 0x1E),
    new Color(0x22, 0x22, 0x22)
  };

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.CROSS
  };

  private final XYChart chart;
  private int ours;
  private int others;

  private Curve(XYChart chart) {
    this.chart = chart;
  }

  /** Starts a picture of queries a second over recall, from a recall up to 1. */
  static Curve ofRecall(String title, double from) {
    Curve curve = new Curve(chart(title, "recall", "queries per second"));
    XYStyler style = curve.chart.getStyler();
    style.setXAxisMin(from).setXAxisMax(1.0).setXAxisDecimalPattern("0.00#");
    return curve;
  }

  /** Starts a picture of latency over the number of vectors. */
  static Curve ofGrowth(String title) {
    Curve curve = new Curve(chart(title, "vectors", "median latency at recall 0.99 or more, us"));
    curve.chart.getStyler().setXAxisLogarithmic(true).setXAxisDecimalPattern("#,##0");
    return curve;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    XYStyler style = chart.getStyler();
    style.setYAxisLogarithmic(true).setYAxisLogarithmicDecadeOnly(false);
    style.setYAxisTickLabelsFormattingFunction(Curve::label).setPlotGridLinesColor(GRID);
    style.setAxisTickLabelsFont(FONT).setAxisTitleFont(FONT.deriveFont(Font.BOLD));
    style.setLegendFont(FONT).setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setChartTitleFont(FONT.deriveFont(Font.BOLD, 18f)).setChartBackgroundColor(Color.WHITE);
    style.setMarkerSize(MARKER);
    return chart;
  }

  /**
   * Returns a number whose first digit is 1, 2 or 5; others would overlap with their neighbours.
   */
  static String label(double number) {
    BigDecimal digits = new BigDecimal(number).round(new MathContext(3)).stripTrailingZeros();
    int first = digits.unscaledValue().intValue();
    return first == 1 || first == 2 || first == 5
        ? new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(digits)
        : "";
  }

  /** Adds the line of a backend; one point is shown as a marker. */
  void add(String backend, NavigableMap<? extends Number, Double> points) {
    double[] x = points.keySet().stream().mapToDouble(Number::doubleValue).toArray();
    double[] y = points.values().stream().mapToDouble(Double::doubleValue).toArray();
    XYSeries series = chart.addSeries(backend, x, y);
    if (backend.startsWith("recsys ")) {
      Color color = OURS[ours++ % OURS.length];
      series.setLineColor(color).setLineStyle(new BasicStroke(3.5f));
      series.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(color);
    } else {
      Color color = OTHERS[others % OTHERS.length];
      series.setLineColor(color).setLineStyle(new BasicStroke(1.8f));
      series.setMarker(MARKERS[others++ % MARKERS.length]).setMarkerColor(color);
    }
  }

  /** Writes the picture as {@code name.svg} and {@code name.png}. */
  void write(Path directory, String name) throws IOException {
    try (OutputStream svg = Files.newOutputStream(directory.resolve(name + ".svg"));
        OutputStream png = Files.newOutputStream(directory.resolve(name + ".png"))) {
      ChartEncoder.saveChart(chart, svg, "svg");
      ChartEncoder.saveChart(chart, png, "png");
    }
  }
}
