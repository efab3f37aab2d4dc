package dev.recsys.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {
  private static boolean[] hits(int... bits) {
    boolean[] hits = new boolean[bits.length];
    for (int i = 0; i < bits.length; i++) {
      hits[i] = bits[i] == 1;
    }
    return hits;
  }

  private static boolean[] array(List<Boolean> list) {
    boolean[] array = new boolean[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  @Test
  void ndcgComputedByHand() {
    // (1/log2(3) + 1/log2(5)) / (1/log2(2) + 1/log2(3) + 1/log2(4)) = 1.061606 / 2.130930
    assertThat(RankingMetrics.ndcg(hits(0, 1, 0, 1), 3, 4)).isEqualTo(0.498189, within(1e-6));
    // one of two relevant, first: 1 / (1 + 1/log2(3)) = 1 / 1.630930
    assertThat(RankingMetrics.ndcg(hits(1, 0, 0), 2, 3)).isEqualTo(0.613147, within(1e-6));
    // second place of one relevant: 1 / log2(3)
    assertThat(RankingMetrics.ndcg(hits(0, 1), 1, 10)).isEqualTo(0.630930, within(1e-6));
    // five relevant but k = 2: the ideal is cut at k too
    assertThat(RankingMetrics.ndcg(hits(1, 1, 0), 5, 2)).isEqualTo(1, within(1e-12));
  }

  @Test
  void recallAndHitRateComputedByHand() {
    assertThat(RankingMetrics.recall(hits(0, 1, 0, 1), 3, 4)).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(RankingMetrics.recall(hits(0, 1, 0, 1), 3, 3)).isEqualTo(1 / 3.0, within(1e-12));
    assertThat(RankingMetrics.recall(hits(1, 1), 4, 2)).isEqualTo(0.5);
    assertThat(RankingMetrics.hitRate(hits(0, 0, 1), 2)).isZero();
    assertThat(RankingMetrics.hitRate(hits(0, 0, 1), 3)).isEqualTo(1);
    assertThat(RankingMetrics.hitRate(hits(), 3)).isZero();
  }

  @Test
  void precisionAndReciprocalRankComputedByHand() {
    assertThat(RankingMetrics.precision(hits(0, 1, 0, 1), 4)).isEqualTo(0.5);
    assertThat(RankingMetrics.precision(hits(1, 1), 10)).isEqualTo(0.2);
    assertThat(RankingMetrics.reciprocalRank(hits(0, 0, 1, 1), 4)).isEqualTo(1 / 3.0);
    assertThat(RankingMetrics.reciprocalRank(hits(0, 0, 1), 2)).isZero();
    assertThat(RankingMetrics.reciprocalRank(hits(), 2)).isZero();
  }

  @Test
  void averagePrecisionComputedByHand() {
    // (1/1 + 2/3) / 2
    assertThat(RankingMetrics.averagePrecision(hits(1, 0, 1), 2, 3))
        .isEqualTo(5 / 6.0, within(1e-12));
    // (1/2) / 4: three of the relevant are not among the first two
    assertThat(RankingMetrics.averagePrecision(hits(0, 1, 1), 4, 2)).isEqualTo(0.125);
  }

  @Test
  void relevantAndKMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetrics.ndcg(hits(0), 0, 10))
        .withMessage("relevant and k must be at least 1, not 0 and 10");
    assertThatIllegalArgumentException().isThrownBy(() -> RankingMetrics.recall(hits(0), 1, 0));
  }

  @Property
  void agreesWithAPlainReference(
      @ForAll @Size(max = 30) List<Boolean> ranking,
      @ForAll @IntRange(max = 5) int missed,
      @ForAll @IntRange(min = 1, max = 40) int k) {
    int relevant = Collections.frequency(ranking, true) + missed;
    Assume.that(relevant > 0);
    List<Boolean> cut = ranking.subList(0, Math.min(k, ranking.size()));
    List<Boolean> ideal = new ArrayList<>(Collections.nCopies(Math.min(k, relevant), true));
    int found = Collections.frequency(cut, true);
    assertThat(RankingMetrics.ndcg(array(ranking), relevant, k))
        .isEqualTo(gain(cut) / gain(ideal), within(1e-12));
    assertThat(RankingMetrics.recall(array(ranking), relevant, k))
        .isEqualTo(found / (double) relevant);
    assertThat(RankingMetrics.hitRate(array(ranking), k)).isEqualTo(cut.contains(true) ? 1 : 0);
    assertThat(RankingMetrics.precision(array(ranking), k)).isEqualTo(found / (double) k);
    assertThat(RankingMetrics.reciprocalRank(array(ranking), k))
        .isEqualTo(cut.contains(true) ? 1.0 / (cut.indexOf(true) + 1) : 0);
    double precisions = 0;
    for (int n = 1; n <= cut.size(); n++) {
      List<Boolean> head = cut.subList(0, n);
      precisions += head.get(n - 1) ? Collections.frequency(head, true) / (double) n : 0;
    }
    assertThat(RankingMetrics.averagePrecision(array(ranking), relevant, k))
        .isEqualTo(precisions / relevant, within(1e-12));
  }

  private static double gain(List<Boolean> ranking) {
    double gain = 0;
    for (int position = 1; position <= ranking.size(); position++) {
      if (ranking.get(position - 1)) {
        gain += 1 / (Math.log(position + 1) / Math.log(2));
      }
    }
    return gain;
  }

  @Property
  void isInRangeAndOneForThePerfectRanking(
      @ForAll @Size(min = 1, max = 20) List<Boolean> ranking,
      @ForAll @IntRange(min = 1, max = 25) int k) {
    int relevant = Collections.frequency(ranking, true);
    Assume.that(relevant > 0);
    assertThat(RankingMetrics.ndcg(array(ranking), relevant, k)).isBetween(0.0, 1 + 1e-12);
    assertThat(RankingMetrics.recall(array(ranking), relevant, k)).isBetween(0.0, 1.0);
    assertThat(RankingMetrics.precision(array(ranking), k)).isBetween(0.0, 1.0);
    assertThat(RankingMetrics.reciprocalRank(array(ranking), k)).isBetween(0.0, 1.0);
    assertThat(RankingMetrics.averagePrecision(array(ranking), relevant, k))
        .isBetween(0.0, RankingMetrics.recall(array(ranking), relevant, k) + 1e-12);
    List<Boolean> perfect = new ArrayList<>(ranking);
    perfect.sort(Collections.reverseOrder());
    assertThat(RankingMetrics.ndcg(array(perfect), relevant, k)).isEqualTo(1, within(1e-12));
    assertThat(RankingMetrics.recall(array(perfect), relevant, k))
        .isEqualTo(Math.min(k, relevant) / (double) relevant);
    assertThat(RankingMetrics.reciprocalRank(array(perfect), k)).isEqualTo(1);
    assertThat(RankingMetrics.averagePrecision(array(perfect), relevant, k))
        .isEqualTo(Math.min(k, relevant) / (double) relevant, within(1e-12));
  }

  @Property
  void orderWithinTheFirstKIsAMatterOfNdcgMrrAndMapAlone(
      @ForAll @Size(min = 1, max = 20) List<Boolean> ranking, @ForAll Random random) {
    int relevant = Collections.frequency(ranking, true);
    Assume.that(relevant > 0);
    int k = ranking.size();
    List<Boolean> shuffled = new ArrayList<>(ranking);
    Collections.shuffle(shuffled, random);
    assertThat(RankingMetrics.recall(array(shuffled), relevant, k))
        .isEqualTo(RankingMetrics.recall(array(ranking), relevant, k));
    assertThat(RankingMetrics.precision(array(shuffled), k))
        .isEqualTo(RankingMetrics.precision(array(ranking), k));
    assertThat(RankingMetrics.hitRate(array(shuffled), k))
        .isEqualTo(RankingMetrics.hitRate(array(ranking), k));
  }

  @Property
  void whatComesAfterKDoesNotMatter(
      @ForAll @Size(min = 1, max = 20) List<Boolean> ranking,
      @ForAll @IntRange(min = 1, max = 20) int k,
      @ForAll @IntRange(min = 20, max = 25) int relevant) {
    boolean[] all = array(ranking);
    boolean[] cut = array(ranking.subList(0, Math.min(k, ranking.size())));
    assertThat(RankingMetrics.ndcg(all, relevant, k))
        .isEqualTo(RankingMetrics.ndcg(cut, relevant, k));
    assertThat(RankingMetrics.reciprocalRank(all, k))
        .isEqualTo(RankingMetrics.reciprocalRank(cut, k));
    assertThat(RankingMetrics.averagePrecision(all, relevant, k))
        .isEqualTo(RankingMetrics.averagePrecision(cut, relevant, k));
  }

  @Property
  void movingAHitUpNeverLowersAnything(
      @ForAll @Size(min = 2, max = 20) List<Boolean> ranking,
      @ForAll @IntRange(min = 1, max = 25) int k,
      @ForAll @IntRange(min = 1, max = 19) int at) {
    Assume.that(at < ranking.size() && ranking.get(at));
    boolean[] before = array(ranking);
    boolean[] after = before.clone();
    after[at - 1] = true;
    after[at] = before[at - 1];
    int relevant = Collections.frequency(ranking, true);
    assertThat(RankingMetrics.ndcg(after, relevant, k))
        .isGreaterThanOrEqualTo(RankingMetrics.ndcg(before, relevant, k));
    assertThat(RankingMetrics.recall(after, relevant, k))
        .isGreaterThanOrEqualTo(RankingMetrics.recall(before, relevant, k));
    assertThat(RankingMetrics.hitRate(after, k))
        .isGreaterThanOrEqualTo(RankingMetrics.hitRate(before, k));
    assertThat(RankingMetrics.precision(after, k))
        .isGreaterThanOrEqualTo(RankingMetrics.precision(before, k));
    assertThat(RankingMetrics.reciprocalRank(after, k))
        .isGreaterThanOrEqualTo(RankingMetrics.reciprocalRank(before, k));
    assertThat(RankingMetrics.averagePrecision(after, relevant, k) + 1e-12)
        .isGreaterThanOrEqualTo(RankingMetrics.averagePrecision(before, relevant, k));
  }
}
