package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how many components to code by trying on a sample: some of its vectors are the queries,
 * and what each prefix would let through, times what a full score costs, is weighed against what
 * adding up the prefix costs.
 */
final class SpaceChoice {
  /** Prefixes whose codes, with the components that are added, fill whole segments. */
  private static final int[] PREFIXES = {8, 16, 24, 30, 46, 62, 94};

  private static final int QUERIES = 24;
  private static final int FIT_ROWS = 1024;

  /** From so many dimensions on, a fit makes do with less, so as not to take seconds. */
  private static final int MANY = 2048;

  private static final int FEW_AXES = 30;
  private static final int FEW_ROWS = 128;

  /** How many results a search is taken to ask for. */
  private static final int K = 10;

  /** Code errors as a share of the product of the lengths, as they turn out in practice. */
  private static final double CODE_ERROR = 0.016;

  /**
   * How many times as many rows pass for real queries, which come from another distribution than
   * the rows and leave more over.
   */
  private static final double DRIFT = 4;

  private static final double FULL_SCORE = 15;
  private static final double FULL_SCORE_PER_COMPONENT = 0.3;

  /** A scan of everything goes through memory in order, which is cheaper than here and there. */
  private static final double IN_ORDER = 0.7;

  private final MetricType metric;
  private final int dimension;
  private final float[] sample;
  private final int rows;
  private final double share;
  private final @Nullable Rotation rotation;
  private final float[] turned;
  private final double[] squares;
  private final int axes;

  private SpaceChoice(MetricType metric, int dimension, float[] sample, int size, long seed) {
    this.metric = metric;
    this.dimension = dimension;
    this.sample = sample;
    this.rows = sample.length / dimension;
    this.share = (double) rows / Math.max(rows, size);
    int most = dimension > MANY ? FEW_AXES : PREFIXES[PREFIXES.length - 1];
    this.axes = dimension > PREFIXES[0] ? Math.min(dimension - 1, most) : 0;
    this.rotation = axes == 0 ? null : fit(seed);
    this.turned = new float[rows * axes];
    this.squares = new double[rows];
    for (int r = 0; r < rows; r++) {
      squares[r] = dot(sample, r * dimension, sample, r * dimension, dimension);
      if (rotation != null) {
        rotation.apply(sample, r * dimension, axes, turned, r * axes);
      }
    }
  }

  private Rotation fit(long seed) {
    int length = Math.min(rows, dimension > MANY ? FEW_ROWS : FIT_ROWS) * dimension;
    float[] part = length == sample.length ? sample : Arrays.copyOf(sample, length);
    return Rotation.fit(part, dimension, axes, seed);
  }

  /**
   * Returns the space to code in, or null if a plain scan is the cheapest.
   *
   * @param sample rows end to end, in random order
   * @param size how many rows there are in all
   */
  static @Nullable CodeSpace choose(
      MetricType metric, int dimension, float[] sample, int size, double codeCost, long seed) {
    return new SpaceChoice(metric, dimension, sample, size, seed).cheapest(codeCost);
  }

  /** Returns what it costs to score a row somewhere in memory, in nanoseconds; about. */
  static double fullScore(int dimension) {
    return FULL_SCORE + FULL_SCORE_PER_COMPONENT * dimension;
  }

  private @Nullable CodeSpace cheapest(double codeCost) {
    int[] prefixes =
        IntStream.concat(Arrays.stream(PREFIXES).filter(p -> p <= axes), IntStream.of(dimension))
            .toArray();
    double[] passing = passing(prefixes);
    double fullScore = fullScore(dimension);
    double least = IN_ORDER * fullScore;
    int best = 0;
    for (int i = 0; i < prefixes.length; i++) {
      double cost = codeCost * prefixes[i] + DRIFT * passing[i] * fullScore;
      if (cost < least) {
        least = cost;
        best = prefixes[i];
      }
    }
    if (best == 0) {
      return null;
    }
    double mean = Arrays.stream(squares).average().orElse(0);
    return new CodeSpace(metric, dimension, best == dimension ? null : rotation, best, mean);
  }

  /** Returns the shares of the rows that the bounds of some prefixes let through. */
  private double[] passing(int[] prefixes) {
    int queries = Math.min(QUERIES, rows);
    double[] passing = new double[prefixes.length];
    double[] scores = new double[rows];
    for (int i = 0; i < queries; i++) {
      int query = (int) ((long) i * rows / queries);
      double threshold = threshold(query, scores);
      for (int r = 0; r < rows; r++) {
        double error = CODE_ERROR * Math.sqrt(squares[query] * squares[r]);
        for (int p = 0; p < prefixes.length; p++) {
          double bound = prefixes[p] == dimension ? scores[r] : bound(query, r, prefixes[p]);
          passing[p] += bound + error >= threshold ? 1.0 / queries / rows : 0;
        }
      }
    }
    return passing;
  }

  /** Scores all rows, and returns the score that in the whole set is about the k-th best. */
  private double threshold(int query, double[] scores) {
    for (int r = 0; r < rows; r++) {
      scores[r] = dot(sample, query * dimension, sample, r * dimension, dimension) - lengthTerm(r);
    }
    double[] sorted = scores.clone();
    // a query that is itself a row must not find itself
    sorted[query] = Double.NEGATIVE_INFINITY;
    Arrays.sort(sorted);
    int rank = (int) Math.max(1, Math.round(K * share));
    return sorted[Math.max(0, rows - rank)];
  }

  private double bound(int query, int row, int prefix) {
    int q = query * axes;
    int x = row * axes;
    double left = Math.max(0, squares[query] - dot(turned, q, turned, q, prefix));
    double over = Math.max(0, squares[row] - dot(turned, x, turned, x, prefix));
    return dot(turned, q, turned, x, prefix) + Math.sqrt(left * over) - lengthTerm(row);
  }

  private double lengthTerm(int row) {
    return metric == MetricType.L2 ? squares[row] / 2 : 0;
  }

  private static double dot(float[] a, int atA, float[] b, int atB, int length) {
    return Kernels.BEST.innerProduct(a, atA, b, atB, length);
  }
}
