package dev.recsys.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Draws everything that the results of a directory show. */
public final class Pictures {
  private static final double LEAST_RECALL = 0.9;

  private final Path directory;
  private final List<String> written = new ArrayList<>();

  private Pictures(Path directory) {
    this.directory = directory;
  }

  /**
   * Draws, as SVG and PNG, for every task the queries a second over recall, and for every kind of
   * vectors of which several numbers were measured the latency over their number. Rows without a
   * latency, of queries answered in batches, are left out.
   *
   * @return the names of the pictures, without what follows the dot
   * @throws IOException if a picture cannot be written
   * @throws ResultsFileException if results cannot be read
   */
  public static List<String> draw(Path directory) throws IOException {
    List<ResultRow> rows = ResultsFile.in(directory).rows();
    Pictures pictures = new Pictures(directory);
    Map<ResultRow.Task, List<ResultRow>> tasks = new LinkedHashMap<>();
    for (ResultRow row : rows) {
      tasks.computeIfAbsent(row.task(), any -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<ResultRow.Task, List<ResultRow>> task : tasks.entrySet()) {
      pictures.drawRecall(task.getKey(), task.getValue());
    }
    for (Map.Entry<Growth.Kind, Map<String, NavigableMap<Integer, Double>>> kind :
        new Growth(rows).micros().entrySet()) {
      pictures.drawGrowth(kind.getKey(), kind.getValue());
    }
    return pictures.written;
  }

  /**
   * Returns sentences about how results grow with the number of vectors.
   *
   * @throws ResultsFileException if results cannot be read
   */
  public static List<String> growth(Path directory) {
    return new Growth(ResultsFile.in(directory).rows()).sentences();
  }

  private void drawRecall(ResultRow.Task task, List<ResultRow> rows) throws IOException {
    double best = rows.stream().mapToDouble(ResultRow::recall).max().orElse(0);
    double from = best >= LEAST_RECALL ? LEAST_RECALL : 0;
    Map<String, NavigableMap<Double, Double>> lines = new LinkedHashMap<>();
    for (ResultRow row : rows) {
      if (row.recall() >= from && row.speed().qps() > 0 && row.speed().p50Micros() > 0) {
        lines
            .computeIfAbsent(row.backend(), any -> new TreeMap<>())
            .merge(row.recall(), row.speed().qps(), Math::max);
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    Curve curve = Curve.ofRecall(title(task), from);
    lines.forEach(curve::add);
    write(curve, name(task));
  }

  private void drawGrowth(Growth.Kind kind, Map<String, NavigableMap<Integer, Double>> lines)
      throws IOException {
    if (lines.values().stream().noneMatch(line -> line.size() > 1)) {
      return;
    }
    Curve curve = Curve.ofGrowth(kind.toString());
    lines.forEach(curve::add);
    write(
        curve,
        String.join(
            "-",
            "growth",
            kind.dataset(),
            kind.dimension() + "d",
            kind.metric(),
            "k" + kind.k(),
            "t" + kind.threads()));
  }

  private void write(Curve curve, String name) throws IOException {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
    curve.write(directory, safe);
    written.add(safe);
  }

  private static String title(ResultRow.Task task) {
    return String.format(
            Locale.ROOT,
            "%s, %,d x %d, %s, k = %d, %d thread%s",
            task.dataset(),
            task.size(),
            task.dimension(),
            task.metric(),
            task.k(),
            task.threads(),
            task.threads() == 1 ? "" : "s")
        + (task.kept() == 1 ? "" : ", filter keeps " + ResultRow.number(100 * task.kept()) + " %");
  }

  private static String name(ResultRow.Task task) {
    return String.join(
        "-",
        "recall",
        task.dataset(),
        task.size() + "x" + task.dimension(),
        task.metric(),
        "k" + task.k(),
        "t" + task.threads(),
        "f" + ResultRow.number(task.kept()));
  }
}
