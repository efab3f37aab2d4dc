package dev.recsys.bench.data;

import dev.recsys.index.schema.MetricType;
import java.util.Locale;
import java.util.SplittableRandom;

/** The kinds of vectors that can be generated. The same seed gives the same vectors. */
public enum Spectrum {
  /**
   * As a trained two-tower model's: 200 clusters in 24 latent dimensions, spread by a matrix, some
   * noise, tanh, length one. Queries come from weaker clusters through another tower, a disturbed
   * matrix, and so lie beside the vectors rather than among them.
   */
  LOW_RANK {
    @Override
    float[][] base(int count, int dimension, long seed) {
      return new TwoTowers(dimension, seed).items(count);
    }

    @Override
    float[][] queries(int count, int dimension, long seed) {
      return new TwoTowers(dimension, seed).users(count);
    }
  },
  /** Normally distributed in all dimensions alike, with log-normal lengths; nothing to exploit. */
  FLAT {
    @Override
    float[][] base(int count, int dimension, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[][] vectors = new float[count][];
      for (int i = 0; i < count; i++) {
        double length = Math.exp(LENGTH_SPREAD * random.nextGaussian());
        vectors[i] = TwoTowers.normal(dimension, length / Math.sqrt(dimension), random);
      }
      return vectors;
    }

    @Override
    float[][] queries(int count, int dimension, long seed) {
      SplittableRandom random = new SplittableRandom(~seed);
      float[][] vectors = new float[count][];
      for (int i = 0; i < count; i++) {
        vectors[i] = TwoTowers.normal(dimension, 1 / Math.sqrt(dimension), random);
      }
      return vectors;
    }
  };

  private static final double LENGTH_SPREAD = 0.3;

  abstract float[][] base(int count, int dimension, long seed);

  abstract float[][] queries(int count, int dimension, long seed);

  /** Returns what results call such vectors. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Generates a set.
   *
   * @throws IllegalArgumentException if one of the numbers is below 1
   */
  public VectorSet generate(int count, int dimension, int queries, MetricType metric, long seed) {
    if (count < 1 || dimension < 1 || queries < 1) {
      throw new IllegalArgumentException(
          ("vectors, dimension and queries must be at least 1, got " + count)
              + (", " + dimension + " and " + queries));
    }
    return new VectorSet(
        label(), metric, base(count, dimension, seed), queries(queries, dimension, seed));
  }
}
