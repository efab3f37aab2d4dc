package dev.recsys.bench.data;

import java.util.SplittableRandom;

/** Two towers with random weights over shared clusters of taste. */
final class TwoTowers {
  private static final int LATENT = 24;
  private static final int CLUSTERS = 200;
  private static final double SPREAD = 0.7;
  private static final double NOISE = 0.1;
  private static final double USER_PULL = 0.8;
  private static final double USER_DISTURBANCE = 0.3;

  private final int dimension;
  private final long seed;
  private final float[][] itemWeights = new float[LATENT][];
  private final float[][] userWeights = new float[LATENT][];
  private final float[][] clusters = new float[CLUSTERS][];

  TwoTowers(int dimension, long seed) {
    this.dimension = dimension;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    double scale = 1 / Math.sqrt(LATENT);
    for (int i = 0; i < LATENT; i++) {
      itemWeights[i] = normal(dimension, scale, random);
      userWeights[i] = normal(dimension, USER_DISTURBANCE * scale, random);
      for (int j = 0; j < dimension; j++) {
        userWeights[i][j] += itemWeights[i][j];
      }
    }
    for (int i = 0; i < CLUSTERS; i++) {
      clusters[i] = normal(LATENT, 1, random);
    }
  }

  float[][] items(int count) {
    return vectors(count, itemWeights, 1, NOISE, new SplittableRandom(seed + 1));
  }

  float[][] users(int count) {
    return vectors(count, userWeights, USER_PULL, 0, new SplittableRandom(seed + 2));
  }

  private float[][] vectors(
      int count, float[][] weights, double pull, double noise, SplittableRandom random) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] latent = normal(LATENT, SPREAD, random);
      float[] cluster = clusters[random.nextInt(CLUSTERS)];
      float[] vector = normal(dimension, noise, random);
      for (int l = 0; l < LATENT; l++) {
        addScaled(vector, weights[l], (float) (latent[l] + pull * cluster[l]));
      }
      vectors[i] = activated(vector);
    }
    return vectors;
  }

  private static void addScaled(float[] sum, float[] row, float factor) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * row[j];
    }
  }

  private static float[] activated(float[] vector) {
    double squares = 0;
    for (int j = 0; j < vector.length; j++) {
      vector[j] = (float) Math.tanh(vector[j]);
      squares += (double) vector[j] * vector[j];
    }
    double length = Math.sqrt(squares);
    for (int j = 0; j < vector.length; j++) {
      vector[j] /= (float) length;
    }
    return vector;
  }

  /** Returns normally distributed components of a deviation. */
  static float[] normal(int dimension, double deviation, SplittableRandom random) {
    float[] vector = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      vector[j] = (float) (deviation * random.nextGaussian());
    }
    return vector;
  }
}
