package dev.recsys.cli;

import dev.recsys.Recommendation;
import dev.recsys.model.Contribution;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recommendations as the article prints them (top, ids, title, score), and the stars besides. */
final class RecommendationTable {
  private static final int REASONS = 5;

  private RecommendationTable() {}

  static void print(PrintWriter out, List<Recommendation> found) {
    TextTable table = new TextTable("Top", "Ids", "Title", "Score", "Stars");
    int rank = 0;
    for (Recommendation each : found) {
      table.row(
          ++rank,
          each.id(),
          each.title(),
          String.format(Locale.ROOT, "%.3f", each.score()),
          Double.isNaN(each.predictedRating())
              ? "-"
              : String.format(Locale.ROOT, "%.2f", each.predictedRating()));
    }
    table.print(out);
  }

  /** Prints the greatest contributions to each score. */
  static void printReasons(PrintWriter out, List<Recommendation> found) {
    TextTable table = new TextTable("Top", "Share", "Because of");
    for (int i = 0; i < found.size(); i++) {
      List<Contribution> all = found.get(i).contributions();
      for (Contribution each : all.subList(0, Math.min(REASONS, all.size()))) {
        table.row(i + 1, String.format(Locale.ROOT, "%+.3f", each.score()), reason(each));
      }
      double others = all.stream().skip(REASONS).mapToDouble(Contribution::score).sum();
      if (all.size() > REASONS) {
        String rest = (all.size() - REASONS) + " more";
        table.row(i + 1, String.format(Locale.ROOT, "%+.3f", others), rest);
      }
    }
    out.println();
    table.print(out);
  }

  private static String reason(Contribution each) {
    return switch (each.kind()) {
      case EVERYBODY -> "what everybody likes";
      case ATTRIBUTE -> each.name() + " " + (each.value().isEmpty() ? "unknown" : each.value());
      case RATING -> each.value() + " stars for " + each.name();
    };
  }

  private static Map<String, Object> json(Contribution each) {
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("kind", each.kind().name().toLowerCase(Locale.ROOT));
    reason.put("name", each.name());
    reason.put("value", each.value());
    each.item().ifPresent(id -> reason.put("item", id));
    reason.put("score", each.score());
    return reason;
  }

  static List<Map<String, Object>> json(List<Recommendation> found) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Recommendation each : found) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("top", rows.size() + 1);
      row.put("id", each.id());
      row.put("title", each.title());
      row.put("score", each.score());
      row.put("stars", Double.isNaN(each.predictedRating()) ? null : each.predictedRating());
      if (!each.contributions().isEmpty()) {
        List<Map<String, Object>> reasons = new ArrayList<>();
        each.contributions().forEach(reason -> reasons.add(json(reason)));
        row.put("because", reasons);
      }
      rows.add(row);
    }
    return rows;
  }
}
