package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of the exact index: what is found is what a scan that asks for every id finds. */
class ExactFilterTest {
  private static final int DIMENSION = 24;

  private static ExactIndex index(MetricType metric, boolean coded) {
    return ExactIndex.builder(DIMENSION, metric)
        .executor(coded ? Runnable::run : job -> {})
        .build();
  }

  private static void assertEqual(SearchResult actual, SearchResult expected) {
    assertThat(AnnIndexContract.ids(actual)).isEqualTo(AnnIndexContract.ids(expected));
    for (int rank = 0; rank < expected.size(); rank++) {
      assertThat(actual.score(rank)).isEqualTo(expected.score(rank));
    }
  }

  /** Vectors of few distinct components, so that many scores are equal. */
  private static float[] coarse(Random random) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < 4; i++) {
      vector[i] = random.nextInt(3) - 1;
    }
    vector[4] = 1;
    return vector;
  }

  @Property(tries = 30)
  void setsAndPredicatesFindTheSameAlsoAfterRemovalsOverwritesAndTies(
      @ForAll MetricType metric,
      @ForAll boolean coded,
      @ForAll boolean sparse,
      @ForAll @IntRange(min = 1, max = 400) int oneIn,
      @ForAll @IntRange(min = 1, max = 60) int k,
      @ForAll long seed) {
    Random random = new Random(seed);
    long step = sparse ? 1_000_003 : 1;
    ExactIndex index = index(metric, coded);
    ExactIndex plain = index(metric, false);
    for (int i = 0; i < 2_500; i++) {
      long id = (random.nextInt(1_500) - 100) * step;
      if (random.nextInt(5) == 0) {
        assertThat(index.remove(id)).isEqualTo(plain.remove(id));
      } else {
        float[] vector =
            random.nextBoolean() ? coarse(random) : AnnIndexContract.gaussian(random, DIMENSION);
        index.add(id, vector);
        plain.add(id, vector);
      }
    }
    // of ids that are there, were there, and never were
    long[] kept =
        random.longs(Math.max(1, 1_800 / oneIn), -150, 1_650).map(id -> id * step).toArray();
    IdSet ids = IdSet.of(kept);
    LongPredicate opaque = ids.and(id -> true);
    float[][] queries = {
      coarse(random), AnnIndexContract.gaussian(random, DIMENSION), new float[DIMENSION]
    };
    List<SearchResult> batch = index.searchAll(queries, k, 0, ids);
    for (int i = 0; i < queries.length; i++) {
      SearchResult expected = plain.search(queries[i], k, 0, opaque);
      assertEqual(index.search(queries[i], k, 0, ids), expected);
      assertEqual(index.search(queries[i], k, 0, opaque), expected);
      assertEqual(batch.get(i), expected);
    }
  }

  @Test
  void onlyTheRowsOfAFewIdsAreScored() {
    ExactIndex index = index(MetricType.IP, true);
    float[][] vectors = VectorSets.flat(3_000, DIMENSION, 1);
    VectorSets.addAll(index, vectors);
    SearchResult found = index.search(vectors[0], 10, 0, IdSet.of(3, 5, 2_999, 3_000, 40_000));
    assertThat(found.visited()).isEqualTo(3);
    assertThat(AnnIndexContract.ids(found)).containsExactlyInAnyOrder(3L, 5L, 2_999L);
    assertThat(index.search(vectors[0], 10, 0, IdSet.of()).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100, 1_000})
  void aPredicateIsAskedForFewOfTheRows(int oneIn) {
    ExactIndex index = index(MetricType.COSINE, true);
    VectorSets.addAll(index, VectorSets.lowRank(20_000, DIMENSION, 6, 1));
    float[][] queries = VectorSets.lowRank(20, DIMENSION, 6, 2);
    AtomicInteger asked = new AtomicInteger();
    for (float[] query : queries) {
      SearchResult found =
          index.search(
              query,
              10,
              0,
              id -> {
                asked.incrementAndGet();
                return id % oneIn == 3 % oneIn;
              });
      assertThat(found.size()).isEqualTo(10);
    }
    // 10 of one in 1,000 are half of what is there
    assertThat(asked.get() / queries.length).isLessThan(oneIn == 1_000 ? 20_600 : 10_000);
  }

  /** The cut of a sample may lie above the one before it; no row may be taken twice then. */
  @ParameterizedTest
  @ValueSource(ints = {60, 150, 300, 600})
  void noRowIsFoundTwiceWhereALaterCutLiesAboveAnEarlierOne(int oneIn) {
    ExactIndex index = index(MetricType.COSINE, true);
    ExactIndex plain = index(MetricType.COSINE, false);
    float[][] vectors = VectorSets.flat(20_000, DIMENSION, 1);
    VectorSets.addAll(index, vectors);
    VectorSets.addAll(plain, vectors);
    assertThat(index.coded().codes()).isNotNull();
    for (float[] query : VectorSets.flat(400, DIMENSION, 2)) {
      int remainder = Math.floorMod(Float.floatToIntBits(query[0]), oneIn);
      LongPredicate accept = id -> id % oneIn == remainder;
      assertEqual(index.search(query, 10, 0, accept), plain.search(query, 10, 0, accept));
    }
  }

  @Test
  void aPredicateOverIdsThatGoWithTheScoreIsServedAsWell() {
    // the ids that are kept are those of the farthest, or of the nearest, which no probe tells
    ExactIndex index = index(MetricType.IP, true);
    ExactIndex plain = index(MetricType.IP, false);
    Random random = new Random(3);
    for (int id = 0; id < 20_000; id++) {
      float[] vector = AnnIndexContract.gaussian(random, DIMENSION);
      vector[0] = id / 5_000f;
      index.add(id, vector);
      plain.add(id, vector);
    }
    float[] query = new float[DIMENSION];
    query[0] = 1;
    List<LongPredicate> filters = new ArrayList<>();
    filters.add(id -> id < 100);
    filters.add(id -> id > 19_900);
    filters.add(id -> id == 7);
    filters.add(id -> false);
    for (LongPredicate filter : filters) {
      assertEqual(index.search(query, 10, 0, filter), plain.search(query, 10, 0, filter));
    }
  }
}
