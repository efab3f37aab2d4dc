package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.features.UserProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what trec_eval and ranx say of a small generated run. */
class PublishedMetricsTest {
  /** The table is rounded to six digits. */
  private static final Offset<Double> ROUNDED = within(0.51e-6);

  private static final UserProfile NOBODY = UserProfile.builder().build();

  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Expected(TestUser user, long[] ranking, int k, double[] values) {
    static Expected of(String line) {
      String[] cells = line.split(",");
      TestUser user = new TestUser(NOBODY, List.of(), List.of(), longs(cells[0]), new long[0]);
      double[] values = Arrays.stream(cells, 3, 9).mapToDouble(Double::parseDouble).toArray();
      return new Expected(user, longs(cells[1]), Integer.parseInt(cells[2]), values);
    }

    private static long[] longs(String ids) {
      return Arrays.stream(ids.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    @Override
    public String toString() {
      return Arrays.toString(user.relevant()) + Arrays.toString(ranking) + " k = " + k;
    }
  }

  static Stream<Expected> table() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PublishedMetricsTest.class.getResourceAsStream("published-metrics.csv")),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Expected::of)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void metricsAreThoseOfTrecEvalAndRanx(Expected expected) {
    boolean[] hits = expected.user.hits(expected.ranking);
    int relevant = expected.user.relevant().length;
    int k = expected.k;
    double[] values = expected.values;
    assertThat(RankingMetrics.ndcg(hits, relevant, k)).isEqualTo(values[0], ROUNDED);
    assertThat(RankingMetrics.hitRate(hits, k)).isEqualTo(values[1], ROUNDED);
    assertThat(RankingMetrics.recall(hits, relevant, k)).isEqualTo(values[2], ROUNDED);
    assertThat(RankingMetrics.precision(hits, k)).isEqualTo(values[3], ROUNDED);
    assertThat(RankingMetrics.reciprocalRank(hits, k)).isEqualTo(values[4], ROUNDED);
    assertThat(RankingMetrics.averagePrecision(hits, relevant, k)).isEqualTo(values[5], ROUNDED);
  }

  @Test
  void theTableHasRowsThatTellTheMetricsApart() {
    List<Expected> rows = table().toList();
    assertThat(rows).hasSize(36);
    assertThat(rows)
        .anyMatch(row -> Arrays.stream(row.values).distinct().count() == row.values.length);
  }
}
