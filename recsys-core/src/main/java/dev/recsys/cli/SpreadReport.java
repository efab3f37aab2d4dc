package dev.recsys.cli;

import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Measure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Methods measured with several seeds: mean and standard deviation of every measure. */
final class SpreadReport {
  /** For each method its runs, one for each seed. */
  private final List<List<Evaluation>> methods;

  SpreadReport(List<List<Evaluation>> runsBySeed) {
    methods =
        IntStream.range(0, runsBySeed.get(0).size())
            .mapToObj(method -> runsBySeed.stream().map(runs -> runs.get(method)).toList())
            .toList();
  }

  void print(PrintWriter out) {
    List<String> header = new ArrayList<>(List.of("Mean and deviation"));
    methods.forEach(runs -> header.add(runs.get(0).name()));
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (Measure measure : measured()) {
      List<String> row = new ArrayList<>(List.of(label(measure)));
      for (List<Evaluation> runs : methods) {
        Evaluation.Spread spread = Evaluation.spread(runs, measure);
        row.add(String.format(Locale.ROOT, "%.4f, %.4f", spread.mean(), spread.deviation()));
      }
      table.row(row.toArray());
    }
    table.print(out);
  }

  Map<String, Object> json() {
    List<Map<String, Object>> baselines = new ArrayList<>();
    for (List<Evaluation> runs : methods) {
      Map<String, Object> method = new LinkedHashMap<>();
      method.put("name", runs.get(0).name());
      for (Measure measure : measured()) {
        Evaluation.Spread spread = Evaluation.spread(runs, measure);
        method.put(label(measure), Map.of("mean", spread.mean(), "deviation", spread.deviation()));
      }
      method.put("seeds", runs.size());
      baselines.add(method);
    }
    return Map.of("baselines", baselines);
  }

  /** What all methods have a value of. */
  private List<Measure> measured() {
    return Stream.of(Measure.values())
        .filter(
            measure ->
                methods.stream()
                    .flatMap(List::stream)
                    .noneMatch(run -> Double.isNaN(run.value(measure))))
        .toList();
  }

  private String label(Measure measure) {
    return measure.label(methods.get(0).get(0).k());
  }
}
