package dev.recsys.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How latency grows with the number of vectors: for every kind of vectors and every backend the
 * lowest median latency at a recall of 0.99 or more.
 */
final class Growth {
  private static final double ENOUGH = 0.99;
  private static final String EXACT = "recsys exact";
  private static final String OURS = "recsys ";

  private final Map<Kind, Map<String, NavigableMap<Integer, Double>>> micros =
      new LinkedHashMap<>();

  /** What vectors have in common that only differ in number. */
  record Kind(String dataset, int dimension, String metric, int k, int threads) {
    @Override
    public String toString() {
      return dataset + " " + dimension + "-d, " + metric + ", k = " + k + ", threads " + threads;
    }
  }

  Growth(Collection<ResultRow> rows) {
    for (ResultRow row : rows) {
      ResultRow.Task task = row.task();
      if (task.kept() == 1 && row.recall() >= ENOUGH && row.speed().p50Micros() > 0) {
        Kind kind =
            new Kind(task.dataset(), task.dimension(), task.metric(), task.k(), task.threads());
        micros
            .computeIfAbsent(kind, any -> new LinkedHashMap<>())
            .computeIfAbsent(row.backend(), any -> new TreeMap<>())
            .merge(task.size(), row.speed().p50Micros(), Math::min);
      }
    }
  }

  /** Returns for every kind and every backend the latency in microseconds by number of vectors. */
  Map<Kind, Map<String, NavigableMap<Integer, Double>>> micros() {
    return micros;
  }

  /**
   * Returns a sentence for every kind: up to which of the sizes measured this project's exact index
   * was no slower than any other library's, whose names and sizes it gives. What found less than
   * 0.99 at a size is not compared there.
   */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    micros.forEach(
        (kind, backends) -> {
          if (backends.containsKey(EXACT) && backends.keySet().stream().anyMatch(Growth::other)) {
            sentences.add(kind + ": " + sentence(backends));
          }
        });
    return sentences;
  }

  private static String sentence(Map<String, NavigableMap<Integer, Double>> backends) {
    int size = fastestUpTo(backends);
    String peers =
        backends.keySet().stream().filter(Growth::other).sorted().collect(Collectors.joining(", "));
    return "of the sizes measured, "
        + backends.getOrDefault(EXACT, new TreeMap<>()).keySet()
        + ", exact search had the lowest median latency "
        + (size == 0 ? "at none" : "up to " + size + " vectors")
        + ", one query at a time, against the fastest setting with a recall of at least "
        + (ENOUGH + " of each of " + peers);
  }

  private static boolean other(String backend) {
    return !backend.startsWith(OURS);
  }

  private static int fastestUpTo(Map<String, NavigableMap<Integer, Double>> backends) {
    int ahead = 0;
    for (Map.Entry<Integer, Double> exact :
        backends.getOrDefault(EXACT, new TreeMap<>()).entrySet()) {
      boolean beaten =
          backends.entrySet().stream()
              .filter(entry -> other(entry.getKey()))
              .map(entry -> entry.getValue().get(exact.getKey()))
              .anyMatch(micros -> micros != null && micros < exact.getValue());
      if (beaten) {
        break;
      }
      ahead = exact.getKey();
    }
    return ahead;
  }
}
