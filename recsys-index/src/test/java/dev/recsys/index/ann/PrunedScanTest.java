package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exactness of the pruned scan: ids and scores, bit by bit, are those of a scan of everything. */
class PrunedScanTest {
  enum Spectrum {
    LOW_RANK,
    FLAT,
    DECAYING,
    DUPLICATES,
    UNEVEN_NORMS,
    ONE_HUGE,
    EXTREME_NORMS,
    MOSTLY_ZEROS,
    INTEGERS
  }

  private static float[][] vectors(Spectrum spectrum, int count, int dimension, Random random) {
    float[][] vectors = new float[count][dimension];
    float[][] mix = new float[4][dimension];
    for (float[] row : mix) {
      fill(row, random);
    }
    for (int v = 0; v < count; v++) {
      float[] vector = vectors[v];
      fill(vector, random);
      switch (spectrum) {
        case LOW_RANK -> {
          scale(vector, 0.05);
          for (float[] row : mix) {
            float latent = (float) random.nextGaussian();
            for (int i = 0; i < dimension; i++) {
              vector[i] += latent * row[i];
            }
          }
        }
        case FLAT -> {}
        case DECAYING -> {
          for (int i = 0; i < dimension; i++) {
            vector[i] /= i + 1;
          }
        }
        case DUPLICATES -> {
          if (v >= 20) {
            vectors[v] = vectors[random.nextInt(20)].clone();
          }
        }
        case UNEVEN_NORMS -> scale(vector, Math.exp(2 * random.nextGaussian()));
        case ONE_HUGE -> scale(vector, v == count / 2 ? 1e12 : 1);
        case EXTREME_NORMS -> scale(vector, Math.pow(10, random.nextInt(70) - 42));
        case MOSTLY_ZEROS -> scale(vector, random.nextInt(10) == 0 ? 1 : 0);
        case INTEGERS -> {
          for (int i = 0; i < dimension; i++) {
            vector[i] = Math.round(vector[i]);
          }
        }
      }
    }
    return vectors;
  }

  private static void fill(float[] vector, Random random) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
  }

  private static void scale(float[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] * factor);
    }
  }

  /** The pruned index, beside one that never makes codes. */
  private static final class Pair {
    final ExactIndex pruned;
    final ExactIndex plain;

    Pair(int dimension, MetricType metric, Kernels kernels) {
      pruned =
          ExactIndex.builder(dimension, metric).kernels(kernels).executor(Runnable::run).build();
      plain = ExactIndex.builder(dimension, metric).kernels(kernels).executor(job -> {}).build();
    }

    void add(long id, float[] vector) {
      pruned.add(id, vector);
      plain.add(id, vector);
    }

    void addAll(float[][] vectors) {
      for (int id = 0; id < vectors.length; id++) {
        add(id, vectors[id]);
      }
    }

    void remove(long id) {
      assertThat(pruned.remove(id)).isEqualTo(plain.remove(id));
    }

    int agree(float[] query, int k, @Nullable LongPredicate accept) {
      SearchResult actual = pruned.search(query, k, 0, accept);
      SearchResult expected = plain.search(query, k, 0, accept);
      assertThat(actual.size()).isEqualTo(expected.size());
      for (int rank = 0; rank < expected.size(); rank++) {
        assertThat(actual.id(rank)).as("id at rank %d", rank).isEqualTo(expected.id(rank));
        assertThat(actual.score(rank)).isEqualTo(expected.score(rank));
      }
      return actual.visited();
    }
  }

  @Property(tries = 40)
  void resultsAreThoseOfAScanOfEverything(
      @ForAll Spectrum spectrum,
      @ForAll MetricType metric,
      @ForAll @IntRange(min = 1, max = 140) int dimension,
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll boolean scalar,
      @ForAll long seed) {
    Random random = new Random(seed);
    int count = 300 + random.nextInt(1_200);
    float[][] vectors = vectors(spectrum, count, dimension, random);
    Pair pair = new Pair(dimension, metric, scalar ? new ScalarKernels() : Kernels.BEST);
    for (int id = 0; id < count; id++) {
      pair.add(id * 7L - 1_000, vectors[id]);
    }
    float[][] queries = vectors(spectrum, 4, dimension, random);
    for (float[] query : queries) {
      pair.agree(query, k, null);
      pair.agree(query, k, id -> id % 3 == 0);
      pair.agree(query, k, id -> id % 97 == 0);
    }
    pair.agree(vectors[count / 2], k, null);
    pair.agree(new float[dimension], k, null);
  }

  /** Their sums end early in groups that are out of reach. */
  @Property(tries = 40)
  void queriesWithMostOfTheirLengthInFewComponentsAreExact(
      @ForAll Spectrum spectrum,
      @ForAll MetricType metric,
      @ForAll @IntRange(min = 97, max = 300) int dimension,
      @ForAll @IntRange(min = 1, max = 300) int k,
      @ForAll boolean scalar,
      @ForAll long seed) {
    Random random = new Random(seed);
    int count = 300 + random.nextInt(2_000);
    float[][] vectors = vectors(spectrum, count, dimension, random);
    Pair pair = new Pair(dimension, metric, scalar ? new ScalarKernels() : Kernels.BEST);
    pair.addAll(vectors);
    for (int i = 0; i < 6; i++) {
      float[] query = new float[dimension];
      int first = random.nextInt(dimension);
      double narrow = 2 + random.nextInt(20);
      for (int c = 0; c < dimension; c++) {
        query[c] = (float) (random.nextGaussian() * Math.exp(-Math.abs(c - first) / narrow));
      }
      pair.agree(query, k, null);
      pair.agree(query, k, id -> id % 3 == 0);
    }
    float[] one = new float[dimension];
    one[random.nextInt(dimension)] = -3;
    pair.agree(one, k, null);
  }

  @Property(tries = 20)
  void resultsStayExactWhileVectorsComeChangeAndGo(
      @ForAll Spectrum before,
      @ForAll Spectrum after,
      @ForAll MetricType metric,
      @ForAll @IntRange(min = 1, max = 60) int dimension,
      @ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair(dimension, metric, Kernels.BEST);
    Map<Long, float[]> present = new TreeMap<>();
    for (int round = 0; round < 6; round++) {
      float[][] vectors = vectors(round < 3 ? before : after, 400, dimension, random);
      for (float[] vector : vectors) {
        long id = random.nextInt(1_500);
        if (random.nextInt(4) == 0) {
          pair.remove(id);
          present.remove(id);
        } else {
          pair.add(id, vector);
          present.put(id, vector);
        }
      }
      Assume.that(!present.isEmpty());
      pair.agree(vectors[0], 1 + random.nextInt(30), null);
      pair.agree(present.values().iterator().next(), 10, id -> id % 2 == 0);
    }
  }

  @Test
  void lowRankIsPrunedAndFlatToo() {
    for (Spectrum spectrum : new Spectrum[] {Spectrum.LOW_RANK, Spectrum.FLAT}) {
      Random random = new Random(5);
      Pair pair = new Pair(64, MetricType.IP, Kernels.BEST);
      float[][] vectors = vectors(spectrum, 4_000, 64, random);
      pair.addAll(vectors);
      float[] query = vectors(spectrum, 1, 64, random)[0];
      pair.agree(query, 10, null);
      if (spectrum == Spectrum.FLAT && Kernels.BEST instanceof ScalarKernels) {
        // plain Java adds up codes no faster than floats
        continue;
      }
      assertThat(pair.pruned.coded().codes()).isNotNull();
      assertThat(pair.agree(query, 10, null)).isBetween(10, 1_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingIsFoundByALargeK(MetricType metric) {
    Random random = new Random(6);
    Pair pair = new Pair(20, metric, Kernels.BEST);
    float[][] vectors = vectors(Spectrum.DECAYING, 20_000, 20, random);
    pair.addAll(vectors);
    for (int k : new int[] {1, 100, 600, 625, 626, 16_384, 30_000}) {
      pair.agree(vectors[k % 50], k, null);
    }
  }

  @Test
  void manyDimensionsAreExact() {
    for (int dimension : new int[] {1_000, 32_768}) {
      Random random = new Random(dimension);
      Pair pair = new Pair(dimension, MetricType.L2, Kernels.BEST);
      float[][] vectors = vectors(Spectrum.LOW_RANK, 320, dimension, random);
      pair.addAll(vectors);
      pair.agree(vectors[3], 5, null);
      pair.agree(vectors(Spectrum.LOW_RANK, 1, dimension, random)[0], 9, null);
    }
  }

  @Test
  void aVectorThatDoesNotFitTheScaleOfItsGroupIsFound() {
    Random random = new Random(8);
    Pair pair = new Pair(30, MetricType.IP, Kernels.BEST);
    float[][] vectors = vectors(Spectrum.FLAT, 1_000, 30, random);
    pair.addAll(vectors);
    pair.agree(vectors[0], 3, null);
    for (int id = 0; id < 40; id++) {
      float[] longer = vectors[id].clone();
      scale(longer, 1 + 30.0 * id);
      pair.add(id, longer);
      pair.agree(vectors[500 + id], 10, null);
    }
  }
}
