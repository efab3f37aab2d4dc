package dev.recsys.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * One line of results. A number that was not measured is NaN.
 *
 * @param task what was asked
 * @param backend who answered
 * @param parameters with which settings
 * @param recall which part of the right answers was found
 * @param speed how fast
 * @param footprint at what cost
 * @param runtime on what
 */
public record ResultRow(
    Task task,
    String backend,
    String parameters,
    double recall,
    Speed speed,
    Footprint footprint,
    String runtime) {

  /** The names of the columns, in order. */
  static final List<String> COLUMNS =
      List.of(
          "dataset",
          "n",
          "dim",
          "metric",
          "k",
          "threads",
          "filter",
          "backend",
          "parameters",
          "recall",
          "qps",
          "p50_us",
          "p99_us",
          "build_s",
          "bytes_per_vector",
          "load_ms",
          "runtime");

  private static final MathContext DIGITS = new MathContext(6);

  /**
   * What was asked.
   *
   * @param dataset the name of the vectors
   * @param size how many there are
   * @param dimension number of components
   * @param metric ip, cosine or l2
   * @param k how many were to be found
   * @param threads that searched
   * @param kept the share that a filter keeps, 1 without one
   */
  public record Task(
      String dataset, int size, int dimension, String metric, int k, int threads, double kept) {}

  /**
   * How fast it was.
   *
   * @param qps queries answered in a second by all threads
   * @param p50Micros the latency that half of the queries kept below
   * @param p99Micros the latency that all but one in a hundred kept below
   */
  public record Speed(double qps, double p50Micros, double p99Micros) {}

  /**
   * What an index costs.
   *
   * @param buildSeconds until it could be searched
   * @param bytesPerVector on the heap and in mapped files
   * @param loadMillis from a saved file to the first answer
   */
  public record Footprint(double buildSeconds, double bytesPerVector, double loadMillis) {}

  List<String> cells() {
    return List.of(
        task.dataset,
        Integer.toString(task.size),
        Integer.toString(task.dimension),
        task.metric,
        Integer.toString(task.k),
        Integer.toString(task.threads),
        number(task.kept),
        backend,
        parameters,
        number(recall),
        number(speed.qps),
        number(speed.p50Micros),
        number(speed.p99Micros),
        number(footprint.buildSeconds),
        number(footprint.bytesPerVector),
        number(footprint.loadMillis),
        runtime);
  }

  /**
   * Reads what {@link #cells} wrote.
   *
   * @throws IllegalArgumentException if the number of cells or one of the numbers is wrong
   */
  static ResultRow of(List<String> cells) {
    if (cells.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "a row must have " + COLUMNS.size() + " cells, got " + cells.size());
    }
    Cells in = new Cells(cells);
    return new ResultRow(
        new Task(
            in.text(0),
            in.count(1),
            in.count(2),
            in.text(3),
            in.count(4),
            in.count(5),
            in.number(6)),
        in.text(7),
        in.text(8),
        in.number(9),
        new Speed(in.number(10), in.number(11), in.number(12)),
        new Footprint(in.number(13), in.number(14), in.number(15)),
        in.text(16));
  }

  /** Cells by their place. */
  private record Cells(List<String> cells) {
    String text(int column) {
      return cells.get(column);
    }

    int count(int column) {
      double number = number(column);
      if (number != Math.rint(number) || number < 1 || number > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            COLUMNS.get(column) + " must be a whole number of at least 1, got " + text(column));
      }
      return (int) number;
    }

    double number(int column) {
      if (text(column).isEmpty()) {
        return Double.NaN;
      }
      try {
        return Double.parseDouble(text(column));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            COLUMNS.get(column) + " must be a number or empty, got " + text(column), e);
      }
    }
  }

  /** Returns a number in six digits, without an exponent; nothing for NaN. */
  static String number(double value) {
    return Double.isNaN(value)
        ? ""
        : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }
}
