package dev.recsys.bench.report;

import static dev.recsys.bench.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How latency grows with the number of vectors. */
class GrowthTest {
  private static final Growth.Kind KIND = new Growth.Kind("low-rank", 64, "ip", 10, 1);

  @Test
  void theFastestSettingOfEnoughRecallCounts() {
    Growth growth =
        new Growth(
            List.of(
                row(100, "lucene", 0.98, 1, 5),
                row(100, "lucene", 0.99, 1, 9),
                row(100, "lucene", 0.995, 1, 8),
                row(200, "lucene", 1, 1, 12)));
    assertThat(growth.micros())
        .containsOnlyKeys(KIND)
        .extractingByKey(KIND)
        .isEqualTo(Map.of("lucene", Map.of(100, 8.0, 200, 12.0)));
  }

  @Test
  void filteredRowsAndRowsOfBatchesAreLeftOut() {
    ResultRow.Task filtered = new ResultRow.Task("low-rank", 100, 64, "ip", 10, 1, 0.1);
    assertThat(
            new Growth(
                    List.of(row(filtered, "lucene", 1, 1, 9), row(100, "lucene", 1, 1, Double.NaN)))
                .micros())
        .isEmpty();
  }

  @Test
  void theSentenceSaysUpToWhichSizeExactSearchLedAndUnderWhichConditions() {
    Growth growth =
        new Growth(
            List.of(
                row(100, "recsys exact", 1, 1, 3),
                row(200, "recsys exact", 1, 1, 6),
                row(400, "recsys exact", 1, 1, 12),
                row(100, "recsys hnsw", 1, 1, 1),
                row(100, "native", 1, 1, 4),
                row(200, "native", 1, 1, 6),
                row(400, "native", 1, 1, 7),
                row(400, "lucene", 1, 1, 90)));
    assertThat(growth.sentences())
        .containsExactly(
            "low-rank 64-d, ip, k = 10, threads 1: of the sizes measured, [100, 200, 400], exact"
                + " search had the lowest median latency up to 200 vectors, one query at a time,"
                + " against the fastest setting with a recall of at least 0.99 of each of lucene,"
                + " native");
  }

  @Test
  void aSizeThatIsLostEndsTheLeadThoughALargerIsWon() {
    Growth growth =
        new Growth(
            List.of(
                row(100, "recsys exact", 1, 1, 5),
                row(200, "recsys exact", 1, 1, 6),
                row(100, "native", 1, 1, 4),
                row(200, "native", 1, 1, 9)));
    assertThat(growth.sentences()).singleElement().asString().contains("latency at none, one");
  }

  @Test
  void withoutAPeerOrWithoutExactSearchNothingIsSaid() {
    assertThat(new Growth(List.of(row(100, "recsys exact", 1, 1, 3))).sentences()).isEmpty();
    assertThat(new Growth(List.of(row(100, "lucene", 1, 1, 3))).sentences()).isEmpty();
  }
}
