package dev.recsys.index.ann;

import java.util.Random;

/** Seeded vectors of known spectra. */
final class VectorSets {
  private VectorSets() {}

  /** Vectors near a subspace of few dimensions, in clusters, with a little noise. */
  static float[][] lowRank(int count, int dimension, int rank, long seed) {
    Random fixed = new Random(rank);
    float[][] basis = flat(rank, dimension, fixed.nextLong());
    float[][] centers = flat(20, rank, fixed.nextLong());
    Random random = new Random(seed);
    float[][] vectors = new float[count][dimension];
    for (float[] vector : vectors) {
      float[] center = centers[random.nextInt(centers.length)];
      for (int r = 0; r < rank; r++) {
        float along = center[r] + 0.7f * (float) random.nextGaussian();
        for (int i = 0; i < dimension; i++) {
          vector[i] += along * basis[r][i];
        }
      }
      for (int i = 0; i < dimension; i++) {
        vector[i] = (float) Math.tanh(vector[i] / Math.sqrt(rank) + 0.1 * random.nextGaussian());
      }
    }
    return vectors;
  }

  /** Gaussian vectors. */
  static float[][] flat(int count, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = AnnIndexContract.gaussian(random, dimension);
    }
    return vectors;
  }

  /** Multiplies the vectors by factors that differ by up to e to the spread. */
  static float[][] uneven(float[][] vectors, double spread, long seed) {
    Random random = new Random(seed);
    for (float[] vector : vectors) {
      float factor = (float) Math.exp(spread * random.nextDouble());
      for (int i = 0; i < vector.length; i++) {
        vector[i] *= factor;
      }
    }
    return vectors;
  }

  static void addAll(AnnIndex index, float[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      index.add(i, vectors[i]);
    }
  }
}
