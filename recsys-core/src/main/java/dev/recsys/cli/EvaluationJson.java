package dev.recsys.cli;

import dev.recsys.data.Split;
import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods measured by one evaluator, as JSON. It has no NaN: what is not known is null there. */
final class EvaluationJson {
  private static final int ACTIVITY_GROUPS = 4;

  private EvaluationJson() {}

  /**
   * Returns a document: the model's measures at the top, if there is one, and the baselines' below.
   */
  static Map<String, @Nullable Object> of(
      Split split, List<Evaluation> evaluations, boolean modelFirst) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    if (modelFirst) {
      document.putAll(method(evaluations.get(0)));
    }
    List<Map<String, @Nullable Object>> baselines = new ArrayList<>();
    for (Evaluation each : evaluations.subList(modelFirst ? 1 : 0, evaluations.size())) {
      Map<String, @Nullable Object> baseline = method(each);
      if (modelFirst) {
        baseline.put("model_above", difference(evaluations.get(0), each));
      }
      baselines.add(baseline);
    }
    document.put("baselines", baselines);
    document.put("split", Map.of("kind", split.kind().toString(), "seed", split.seed()));
    return document;
  }

  /** Returns all measures of one method. */
  static Map<String, @Nullable Object> method(Evaluation evaluation) {
    Map<String, @Nullable Object> method = new LinkedHashMap<>();
    Map<String, @Nullable Object> intervals = new LinkedHashMap<>();
    method.put("name", evaluation.name());
    for (Measure measure : Measure.values()) {
      Evaluation.Estimate estimate = evaluation.estimate(measure);
      String label = measure.label(evaluation.k());
      method.put(label, orNull(estimate.value()));
      if (!Double.isNaN(estimate.low())) {
        intervals.put(label, List.of(estimate.low(), estimate.high()));
      }
    }
    method.put("users", evaluation.users());
    method.put("intervals", intervals);
    method.put("activity", activity(evaluation));
    if (!evaluation.calibration().isEmpty()) {
      method.put("calibration_error", orNull(evaluation.calibrationError()));
      method.put("calibration", calibration(evaluation));
    }
    return method;
  }

  private static List<Map<String, Object>> activity(Evaluation evaluation) {
    return evaluation.byActivity(Measure.NDCG, ACTIVITY_GROUPS).stream()
        .map(
            group ->
                Map.<String, Object>of(
                    "least",
                    group.least(),
                    "most",
                    group.most(),
                    "users",
                    group.users(),
                    Measure.NDCG.label(evaluation.k()),
                    group.value()))
        .toList();
  }

  private static List<Map<String, Object>> calibration(Evaluation evaluation) {
    return evaluation.calibration().stream()
        .map(
            bucket ->
                Map.<String, Object>of(
                    "from", bucket.from(),
                    "to", bucket.to(),
                    "ratings", bucket.count(),
                    "predicted", bucket.predicted(),
                    "given", bucket.actual()))
        .toList();
  }

  private static Map<String, @Nullable Object> difference(Evaluation model, Evaluation other) {
    Evaluation.Estimate estimate = model.minus(other, Measure.NDCG);
    Map<String, @Nullable Object> difference = new LinkedHashMap<>();
    difference.put(Measure.NDCG.label(model.k()), orNull(estimate.value()));
    difference.put("low", orNull(estimate.low()));
    difference.put("high", orNull(estimate.high()));
    return difference;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
