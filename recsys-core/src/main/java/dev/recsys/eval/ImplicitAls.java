package dev.recsys.eval;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * iALS: vectors of users and items whose inner product is near 1 for likes and, with a small
 * weight, near 0 for all pairs. Minimises {@code sum over likes of (1 - u'v)^2 + alpha * sum over
 * all pairs of (u'v)^2 + lambda * sum of (likes + alpha * pairs) |vector|^2}, one side at a time,
 * each vector in closed form. A user is folded in as the users were fitted: from the items'
 * vectors.
 *
 * <p>Source: Hu, Koren and Volinsky, ICDM 2008; Rendle et al., RecSys 2022, equations 3 and 7.
 */
final class ImplicitAls extends HistoryModel {
  /** How it is fitted. */
  record Settings(int dimension, int sweeps, double alpha, double lambda) {
    static final Settings DEFAULT = new Settings(64, 8, 0.1, 0.01);
  }

  private final Settings settings;
  private final double[][] items;
  private final double[][] gramian;

  private ImplicitAls(Interactions data, Settings settings, double[][] items) {
    super(Baseline.IALS, data);
    this.settings = settings;
    this.items = items;
    this.gramian = gramian(items, settings);
  }

  static ImplicitAls fit(Interactions data, long seed) {
    return fit(data, Settings.DEFAULT, seed);
  }

  static ImplicitAls fit(Interactions data, Settings settings, long seed) {
    Random random = new Random(seed);
    double scale = 0.1 / Math.sqrt(settings.dimension);
    double[][] items = new double[data.items()][settings.dimension];
    for (double[] item : items) {
      for (int d = 0; d < item.length; d++) {
        item[d] = scale * random.nextGaussian();
      }
    }
    for (int sweep = 0; sweep < settings.sweeps; sweep++) {
      items = solve(data.byItem(), solve(data.byUser(), items, settings), settings);
    }
    return new ImplicitAls(data, settings, items);
  }

  /** Returns the best vectors of one side, given those of the other and what each likes there. */
  private static double[][] solve(int[][] likes, double[][] others, Settings settings) {
    double[][] gramian = gramian(others, settings);
    double[][] vectors = new double[likes.length][];
    IntStream.range(0, likes.length)
        .parallel()
        .forEach(row -> vectors[row] = solve(likes[row], others, gramian, settings));
    return vectors;
  }

  /** Returns the solution of (G + sum of v v' + penalty I) x = sum of v. */
  private static double[] solve(
      int[] likes, double[][] others, double[][] gramian, Settings settings) {
    int f = settings.dimension;
    if (likes.length == 0) {
      return new double[f];
    }
    double[][] equations = new double[f + 1][];
    for (int d = 0; d <= f; d++) {
      equations[d] = gramian[d].clone();
    }
    for (int like : likes) {
      addOuter(equations, others[like], 1);
      for (int d = 0; d < f; d++) {
        equations[d][f] += others[like][d];
      }
    }
    double penalty = settings.lambda * (likes.length + settings.alpha * others.length);
    for (int d = 0; d < f; d++) {
      equations[d][d] += penalty;
    }
    SymmetricMatrix.sweep(equations, f);
    return IntStream.range(0, f).mapToDouble(d -> equations[d][f]).toArray();
  }

  /** Returns alpha times the sum of v v', with a column and a row of zeros. */
  private static double[][] gramian(double[][] vectors, Settings settings) {
    double[][] sum = new double[settings.dimension + 1][settings.dimension + 1];
    for (double[] vector : vectors) {
      addOuter(sum, vector, settings.alpha);
    }
    return sum;
  }

  /** Adds factor times v v', on and above the diagonal. */
  private static void addOuter(double[][] sum, double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      double left = factor * vector[i];
      double[] row = sum[i];
      for (int j = i; j < vector.length; j++) {
        row[j] += left * vector[j];
      }
    }
  }

  @Override
  void score(int[] liked, float[] scores) {
    double[] user = solve(liked, items, gramian, settings);
    for (int item = 0; item < scores.length; item++) {
      double sum = 0;
      for (int d = 0; d < user.length; d++) {
        sum += user[d] * items[item][d];
      }
      scores[item] = (float) sum;
    }
  }
}
