package dev.recsys.cli;

import dev.recsys.Recommendation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recommendations as the article prints them (top, ids, title, score), and the stars besides. */
final class RecommendationTable {
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
          String.format(Locale.ROOT, "%.2f", each.predictedRating()));
    }
    table.print(out);
  }

  static List<Map<String, Object>> json(List<Recommendation> found) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Recommendation each : found) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("top", rows.size() + 1);
      row.put("id", each.id());
      row.put("title", each.title());
      row.put("score", each.score());
      row.put("stars", each.predictedRating());
      rows.add(row);
    }
    return rows;
  }
}
