package dev.recsys.cli;

import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Measure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Methods measured by one evaluator, side by side, as tables. */
final class EvaluationReport {
  private static final int ACTIVITY_GROUPS = 4;

  private final List<Evaluation> evaluations;
  private final Evaluation first;

  EvaluationReport(List<Evaluation> evaluations) {
    this.evaluations = evaluations;
    this.first = evaluations.get(0);
  }

  void print(PrintWriter out) {
    measures().print(out);
    out.println("\u00b1 half of the 95 % interval");
    out.println();
    activity().print(out);
    if (!first.calibration().isEmpty()) {
      out.println();
      calibration().print(out);
    }
  }

  private TextTable measures() {
    int k = first.k();
    TextTable table = table("Measure", Evaluation::name);
    for (Measure measure : Measure.values()) {
      if (evaluations.stream().allMatch(method -> Double.isNaN(method.value(measure)))) {
        continue;
      }
      row(table, measure.label(k), method -> cell(method.estimate(measure)));
    }
    String ndcg = Measure.NDCG.label(k);
    if (evaluations.size() > 1) {
      row(
          table,
          ndcg + ", " + first.name() + " less this",
          method -> method == first ? "-" : cell(first.minus(method, Measure.NDCG)));
    }
    return row(table, "users", method -> String.valueOf(method.users()));
  }

  private TextTable activity() {
    TextTable table =
        table(
            "Ratings in training", method -> Measure.NDCG.label(method.k()) + " " + method.name());
    List<Evaluation.Group> groups = first.byActivity(Measure.NDCG, ACTIVITY_GROUPS);
    for (int g = 0; g < groups.size(); g++) {
      int row = g;
      row(
          table,
          groups.get(g).least() + " to " + groups.get(g).most(),
          method -> number(method.byActivity(Measure.NDCG, ACTIVITY_GROUPS).get(row).value()));
    }
    return table;
  }

  /** NDCG by the number of ratings that users have in the training data. */
  LinePlot plot() {
    List<String> points =
        first.byActivity(Measure.NDCG, ACTIVITY_GROUPS).stream()
            .map(group -> group.least() + " to " + group.most())
            .toList();
    LinePlot plot = new LinePlot("Ratings in training", Measure.NDCG.label(first.k()), points);
    for (Evaluation method : evaluations) {
      plot.line(
          method.name(),
          method.byActivity(Measure.NDCG, ACTIVITY_GROUPS).stream()
              .map(Evaluation.Group::value)
              .toList());
    }
    return plot;
  }

  private TextTable calibration() {
    TextTable table = new TextTable("Predicted stars", "Ratings", "Predicted", "Given");
    for (Evaluation.Bucket bucket : first.calibration()) {
      table.row(
          bucket.from() + " to " + bucket.to(),
          bucket.count(),
          number(bucket.predicted()),
          number(bucket.actual()));
    }
    return table;
  }

  private TextTable table(String corner, Function<Evaluation, String> heading) {
    List<String> header = new ArrayList<>(List.of(corner));
    evaluations.forEach(method -> header.add(heading.apply(method)));
    return new TextTable(header.toArray(String[]::new));
  }

  private TextTable row(TextTable table, String label, Function<Evaluation, String> cell) {
    List<String> row = new ArrayList<>(List.of(label));
    evaluations.forEach(method -> row.add(cell.apply(method)));
    return table.row(row.toArray());
  }

  /** The value and half the length of its interval. */
  static String cell(Evaluation.Estimate estimate) {
    double half = (estimate.high() - estimate.low()) / 2;
    return Double.isNaN(half)
        ? number(estimate.value())
        : number(estimate.value()) + " \u00b1" + number(half);
  }

  static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }
}
