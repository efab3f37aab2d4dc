package dev.recsys.bench.data;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;

/**
 * The vectors of a comparison; the place of a base vector is its id. The arrays are not copied and
 * not to be changed.
 */
public final class VectorSet {
  private static final double UNIT_TOLERANCE = 1e-4;

  private final String name;
  private final MetricType metric;
  private final float[][] base;
  private final float[][] queries;

  /**
   * Puts a set together.
   *
   * @param name what results call it
   * @param metric how vectors are compared
   * @param base what is searched, at least one
   * @param queries what is searched for, at least one, of the same dimension
   * @throws IllegalArgumentException if there are none, or if dimensions differ
   */
  public VectorSet(String name, MetricType metric, float[][] base, float[][] queries) {
    if (base.length == 0 || queries.length == 0) {
      throw new IllegalArgumentException(
          name + " must have vectors and queries, got " + base.length + " and " + queries.length);
    }
    if (base[0].length != queries[0].length) {
      throw new IllegalArgumentException(
          ("queries of " + name + " must have dimension " + base[0].length)
              + (" as its vectors have, got " + queries[0].length));
    }
    this.name = name;
    this.metric = metric;
    this.base = base;
    this.queries = queries;
  }

  /** Returns what results call it. */
  public String name() {
    return name;
  }

  /** Returns how vectors are compared. */
  public MetricType metric() {
    return metric;
  }

  /** Returns what is searched. */
  public float[][] base() {
    return base;
  }

  /** Returns what is searched for. */
  public float[][] queries() {
    return queries;
  }

  /** Returns the number of vectors that are searched. */
  public int size() {
    return base.length;
  }

  /** Returns the number of components. */
  public int dimension() {
    return base[0].length;
  }

  /** Returns the same vectors with only so many queries, or all if there are fewer. */
  public VectorSet withQueries(int most) {
    return queries.length <= most
        ? this
        : new VectorSet(name, metric, base, Arrays.copyOf(queries, most));
  }

  /** Returns whether all base vectors have length one. */
  public boolean unit() {
    for (float[] vector : base) {
      if (Math.abs(Math.sqrt(dot(vector, vector)) - 1) > UNIT_TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns how near two vectors are, computed in double: the greater the nearer, for L2 the
   * negative squared distance. A vector of zeros has the cosine 0 with everything.
   */
  public double nearness(float[] a, float[] b) {
    return switch (metric) {
      case IP -> dot(a, b);
      case L2 -> -squaredDistance(a, b);
      case COSINE -> {
        double norms = Math.sqrt(dot(a, a) * dot(b, b));
        yield norms == 0 ? 0 : dot(a, b) / norms;
      }
    };
  }

  private static double dot(float[] a, float[] b) {
    // four sums, so that additions need not wait for each other
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 4 <= a.length; i += 4) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 1] * b[i + 1];
      s2 += (double) a[i + 2] * b[i + 2];
      s3 += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += (double) a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
