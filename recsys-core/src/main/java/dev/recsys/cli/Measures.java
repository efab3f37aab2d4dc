package dev.recsys.cli;

import dev.recsys.eval.Evaluation;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation, printed. */
final class Measures {
  private Measures() {}

  static void print(PrintWriter out, Evaluation evaluation) {
    TextTable table = new TextTable("Measure", "Value");
    json(evaluation)
        .forEach(
            (name, value) ->
                table.row(
                    name,
                    value == null
                        ? "-"
                        : value instanceof Double number
                            ? String.format(Locale.ROOT, "%.4f", number)
                            : value));
    table.print(out);
  }

  static Map<String, @Nullable Object> json(Evaluation evaluation) {
    String at = "@" + evaluation.k();
    Map<String, @Nullable Object> measures = new LinkedHashMap<>();
    put(measures, "rmse", evaluation.rmse());
    put(measures, "mae", evaluation.mae());
    put(measures, "ndcg" + at, evaluation.ndcg());
    put(measures, "hr" + at, evaluation.hitRate());
    put(measures, "recall" + at, evaluation.recall());
    put(measures, "coverage" + at, evaluation.coverage());
    measures.put("users", evaluation.users());
    return measures;
  }

  /** JSON has no NaN: what there was nothing to measure on is null there. */
  private static void put(Map<String, @Nullable Object> measures, String name, double value) {
    measures.put(name, Double.isNaN(value) ? null : value);
  }
}
