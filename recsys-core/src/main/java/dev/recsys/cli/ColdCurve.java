package dev.recsys.cli;

import dev.recsys.data.Split;
import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Evaluator;
import dev.recsys.eval.Measure;
import dev.recsys.eval.RankingModel;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recommended to users who were held out, by the number of their ratings that is known. */
final class ColdCurve {
  private static final int[] GIVEN = {0, 1, 3, 5, 10, 20};

  /** For each number of ratings, the methods. */
  private final List<List<Evaluation>> rows = new ArrayList<>();

  private ColdCurve() {}

  static ColdCurve of(Split split, List<RankingModel> models, int k) {
    ColdCurve curve = new ColdCurve();
    for (int given : GIVEN) {
      Evaluator evaluator = Evaluator.onColdUsers(split, given).k(k);
      curve.rows.add(models.stream().map(evaluator::evaluate).toList());
    }
    return curve;
  }

  void print(PrintWriter out) {
    List<String> header = new ArrayList<>(List.of("Ratings known"));
    for (Evaluation method : rows.get(0)) {
      header.add(Measure.NDCG.label(method.k()) + " " + method.name());
    }
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (int r = 0; r < GIVEN.length; r++) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(GIVEN[r])));
      rows.get(r).forEach(method -> row.add(cell(method)));
      table.row(row.toArray());
    }
    table.print(out);
    out.println("\u00b1 half of the 95 % interval; " + rows.get(0).get(0).users() + " users");
  }

  private static String cell(Evaluation method) {
    return EvaluationReport.cell(method.estimate(Measure.NDCG));
  }

  LinePlot plot() {
    String ndcg = Measure.NDCG.label(rows.get(0).get(0).k());
    List<String> points = Arrays.stream(GIVEN).mapToObj(String::valueOf).toList();
    LinePlot plot = new LinePlot("Ratings known", ndcg, points);
    for (int m = 0; m < rows.get(0).size(); m++) {
      int method = m;
      plot.line(
          rows.get(0).get(m).name(), rows.stream().map(row -> row.get(method).ndcg()).toList());
    }
    return plot;
  }

  /** Returns a list of points, each with the number of ratings and all methods' measures. */
  List<Map<String, @Nullable Object>> json() {
    List<Map<String, @Nullable Object>> points = new ArrayList<>();
    for (int r = 0; r < GIVEN.length; r++) {
      Map<String, @Nullable Object> point = new LinkedHashMap<>();
      point.put("ratings_known", GIVEN[r]);
      point.put("methods", rows.get(r).stream().map(EvaluationJson::method).toList());
      points.add(point);
    }
    return points;
  }
}
