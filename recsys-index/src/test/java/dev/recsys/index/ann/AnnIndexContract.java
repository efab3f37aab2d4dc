package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every index of the search core promises, against a plain scan in double. */
abstract class AnnIndexContract {
  /** Vectors with few distinct components, so that scores are exact and ties are many. */
  private static final int SMALL = 3;

  abstract AnnIndex index(int dimension, MetricType metric);

  /** The part of the exact neighbours that must be found among many vectors. */
  abstract double recall();

  static double score(MetricType metric, float[] a, float[] b) {
    double product = 0;
    double distance = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      distance += Math.pow((double) a[i] - b[i], 2);
    }
    double norms = Kernels.norm(a) * Kernels.norm(b);
    return switch (metric) {
      case IP -> product;
      case L2 -> distance;
      case COSINE -> norms == 0 ? 0 : product / norms;
    };
  }

  static List<Long> exact(
      MetricType metric,
      Map<Long, float[]> vectors,
      float[] query,
      int k,
      @Nullable LongPredicate accept) {
    Comparator<Map.Entry<Long, float[]>> byScore =
        Comparator.comparingDouble(entry -> score(metric, query, entry.getValue()));
    return vectors.entrySet().stream()
        .filter(entry -> accept == null || accept.test(entry.getKey()))
        .sorted(
            (metric.largerIsNearer() ? byScore.reversed() : byScore)
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(k)
        .map(Map.Entry::getKey)
        .toList();
  }

  static List<Long> ids(SearchResult result) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < result.size(); i++) {
      ids.add(result.id(i));
    }
    return ids;
  }

  static float[] gaussian(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[] small(Random random) {
    return new float[] {random.nextInt(3) - 1, random.nextInt(3) - 1, random.nextInt(3) - 1};
  }

  @ParameterizedTest
  @EnumSource(names = {"IP", "L2"})
  void additionsOverwritesAndRemovalsInAnyOrderLeaveWhatAPlainMapHolds(MetricType metric) {
    Random random = new Random(11);
    AnnIndex index = index(SMALL, metric);
    Map<Long, float[]> reference = new LinkedHashMap<>();
    for (int step = 0; step < 3_000; step++) {
      long id = random.nextInt(200) - 100L;
      if (random.nextInt(3) == 0) {
        assertThat(index.remove(id)).isEqualTo(reference.remove(id) != null);
      } else {
        float[] vector = small(random);
        reference.put(id, vector);
        index.add(id, vector);
      }
      assertThat(index.size()).isEqualTo(reference.size());
      assertThat(index.contains(id)).isEqualTo(reference.containsKey(id));
      if (step % 50 == 0) {
        float[] query = small(random);
        LongPredicate even = accepted -> accepted % 2 == 0;
        assertThat(ids(index.search(query, 300, 0, null)))
            .isEqualTo(exact(metric, reference, query, 300, null));
        assertThat(ids(index.search(query, 7, 300, even)))
            .isEqualTo(exact(metric, reference, query, 7, even));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsTheNearestOfManyAndTheirScores(MetricType metric) {
    Random random = new Random(12);
    AnnIndex index = index(19, metric);
    Map<Long, float[]> vectors = new LinkedHashMap<>();
    for (long id = 0; id < 2_000; id++) {
      vectors.put(id * 31, gaussian(random, 19));
    }
    vectors.forEach(index::add);

    int found = 0;
    for (int i = 0; i < 20; i++) {
      float[] query = gaussian(random, 19);
      SearchResult result = index.search(query, 10, 200, null);
      List<Long> expected = exact(metric, vectors, query, 10, null);
      found += (int) ids(result).stream().filter(expected::contains).count();
      assertOrdered(metric, result);
      for (int rank = 0; rank < 10; rank++) {
        float[] vector = Objects.requireNonNull(vectors.get(result.id(rank)));
        double score = score(metric, query, vector);
        assertThat(Math.abs(result.score(rank) - score)).isLessThan(1e-4);
      }
      assertThat(result.visited()).isBetween(10, 2_000);
    }
    assertThat(found).isGreaterThanOrEqualTo((int) (200 * recall()));
  }

  static void assertOrdered(MetricType metric, SearchResult result) {
    for (int i = 1; i < result.size(); i++) {
      float before = result.score(i - 1);
      float after = result.score(i);
      assertThat(metric.largerIsNearer() ? before >= after : before <= after).isTrue();
      assertThat(before != after || result.id(i - 1) < result.id(i)).isTrue();
    }
  }

  @Test
  void aFilterIsAskedOnlyForIdsAndMetByOthers() {
    Random random = new Random(13);
    AnnIndex index = index(8, MetricType.IP);
    Map<Long, float[]> vectors = new LinkedHashMap<>();
    for (long id = 0; id < 2_000; id++) {
      vectors.put(id, gaussian(random, 8));
    }
    vectors.forEach(index::add);
    float[] query = gaussian(random, 8);

    for (int keep : new int[] {2, 10, 100, 1_000}) {
      LongPredicate accept = id -> id % keep == 0;
      List<Long> actual = ids(index.search(query, 10, 100, accept));
      List<Long> expected = exact(MetricType.IP, vectors, query, 10, accept);
      assertThat(actual).hasSameSizeAs(expected).allMatch(accept::test);
      assertThat(actual.stream().filter(expected::contains).count())
          .isGreaterThanOrEqualTo((int) (expected.size() * recall()));
    }
    assertThat(ids(index.search(query, 10, 0, id -> false))).isEmpty();
  }

  @Test
  void cosinesStayBetweenMinusOneAndOne() {
    Random random = new Random(14);
    AnnIndex index = index(7, MetricType.COSINE);
    for (long id = 0; id < 300; id++) {
      index.add(id, gaussian(random, 7));
    }
    float[] huge = {3e38f, -3e38f, 3e38f, 3e38f, 3e38f, 3e38f, 3e38f};
    float[] tiny = {Float.MIN_VALUE, 0, 0, 0, 0, 0, 0};
    index.add(1_000, huge);
    index.add(1_001, tiny);

    SearchResult result = index.search(huge, 1, 0, null);
    assertThat(result.id(0)).isEqualTo(1_000);
    assertThat(result.score(0)).isBetween(0.999999f, 1f);
    assertThat(index.search(tiny, 1, 0, null).id(0)).isEqualTo(1_001);
    for (int i = 0; i < 50; i++) {
      SearchResult all = index.search(gaussian(random, 7), 400, 0, null);
      assertThat(all.score(0)).isLessThanOrEqualTo(1);
      assertThat(all.score(all.size() - 1)).isGreaterThanOrEqualTo(-1);
    }
  }

  @Test
  void vectorsAndQueriesAreOnlyReadAndVectorsCopied() {
    for (MetricType metric : MetricType.values()) {
      AnnIndex index = index(2, metric);
      float[] vector = {3, 4};
      index.add(1, vector);
      index.search(vector, 1, 0, null);
      assertThat(vector).containsExactly(3, 4);
      vector[0] = 100;
      float expected = metric == MetricType.IP ? 25 : metric == MetricType.COSINE ? 1 : 0;
      assertThat(index.search(new float[] {3, 4}, 1, 0, null).score(0)).isEqualTo(expected);
    }
  }

  @Test
  void badVectorsAndNumbersAreRefusedAndNothingChanges() {
    AnnIndex index = index(2, MetricType.IP);
    index.add(7, new float[] {1, 2});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.add(7, new float[3]))
        .withMessageContaining("id 7")
        .withMessageContaining("dimension 2, received 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.add(7, new float[] {0, Float.NEGATIVE_INFINITY}))
        .withMessageContaining("component 1")
        .withMessageContaining("-Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.search(new float[] {Float.NaN, 0}, 1, 0, null))
        .withMessageContaining("query, component 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.search(new float[2], 0, 0, null))
        .withMessageContaining("k: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> index.search(new float[2], 1, -1, null))
        .withMessageContaining("ef: ");
    assertThatIllegalArgumentException().isThrownBy(() -> index(0, MetricType.IP));
    assertThatIllegalArgumentException().isThrownBy(() -> index(32_769, MetricType.IP));
    assertThat(index.search(new float[] {1, 1}, 5, 0, null).score(0)).isEqualTo(3);
  }

  @Test
  void anEmptyIndexFindsNothing() {
    AnnIndex index = index(4, MetricType.L2);
    assertThat(index.search(new float[4], 3, 0, null).size()).isZero();
    index.add(1, new float[4]);
    index.remove(1);
    assertThat(index.search(new float[4], 3, 0, null).size()).isZero();
    assertThat(index.dimension()).isEqualTo(4);
    assertThat(index.metric()).isEqualTo(MetricType.L2);
  }

  @Test
  void theLargestDimensionIsServed() {
    Random random = new Random(15);
    AnnIndex index = index(32_768, MetricType.IP);
    Map<Long, float[]> vectors = new LinkedHashMap<>();
    for (long id = 0; id < 30; id++) {
      vectors.put(id, gaussian(random, 32_768));
    }
    vectors.forEach(index::add);
    float[] query = gaussian(random, 32_768);
    assertThat(ids(index.search(query, 30, 0, null)))
        .isEqualTo(exact(MetricType.IP, vectors, query, 30, null));
  }
}
