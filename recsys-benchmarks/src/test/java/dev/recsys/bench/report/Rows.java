package dev.recsys.bench.report;

/** Rows for tests. */
final class Rows {
  private Rows() {}

  /** Returns a row without a filter. */
  static ResultRow row(int size, String backend, double recall, double qps, double p50Micros) {
    return row(
        new ResultRow.Task("low-rank", size, 64, "ip", 10, 1, 1), backend, recall, qps, p50Micros);
  }

  static ResultRow row(
      ResultRow.Task task, String backend, double recall, double qps, double p50Micros) {
    return new ResultRow(
        task,
        backend,
        "ef=10, \"as is\"",
        recall,
        new ResultRow.Speed(qps, p50Micros, 2 * p50Micros),
        new ResultRow.Footprint(1.5, 1_173.06, Double.NaN),
        "Java 17");
  }
}
