package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Makes the tables of {@link ContentTable}: a ridge regression from what items are to their
 * vectors. Items count by how often they were rated, so that a new one is taken for what a rating
 * of its like falls upon, not for one of the many that nobody looks at. For one thread.
 */
final class ContentFit {
  /** A value that fewer rated items have tells nothing of the next item that has it. */
  private static final int LEAST_ITEMS = 2;

  /** The values that most items have are kept. */
  private static final int MOST_COLUMNS = 4_000;

  /** Penalties that are tried, in items rated as often as the mean. */
  private static final double[] PENALTIES = {1, 3, 10, 30, 100, 300};

  /** One item in so many is left out while penalties are compared. */
  private static final int FOLDS = 5;

  private final FeatureEncoder encoder;
  private final ContentColumns columns;
  private final List<FeatureEncoder.ItemFeatures> items;
  private final int dimension;
  private final long seed;

  /**
   * @param items what every item is, in the order of their rows, from row 1
   * @param seed of the choice of items that penalties are compared by
   */
  ContentFit(
      FeatureEncoder encoder, List<FeatureEncoder.ItemFeatures> items, int dimension, long seed) {
    this.encoder = encoder;
    this.columns = new ContentColumns(encoder);
    this.items = items;
    this.dimension = dimension;
    this.seed = seed;
  }

  /**
   * Puts the tables, and the vectors that they give to items without ratings.
   *
   * @param counts ratings of each item
   * @param axes vectors of all items, one after the other; those without ratings are set
   * @param rated what a rating of each item adds; likewise
   */
  void fit(
      NDManager manager, int[] counts, float[] axes, float[] rated, Map<String, Tensor> tensors) {
    int[] known = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
    int[] chosen = columns(known);
    tensors.put(ContentTable.COLUMNS, Tensor.of(chosen, chosen.length));
    float[] table = new float[chosen.length * 2 * dimension];
    if (known.length > 0) {
      try (NDManager own = manager.newSubManager()) {
        Rows rows = new Rows(own, known, counts, chosen, axes, rated);
        double penalty = best(rows);
        table = rows.solve(rows.sums(i -> true), penalty).toFloatArray();
      }
    }
    tensors.put(ContentTable.ITEMS, half(table, chosen.length, 0));
    tensors.put(ContentTable.RATED, half(table, chosen.length, dimension));
    ContentTable content = new ContentTable(encoder, dimension, tensors);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        put(content.itemVector(items.get(i)), axes, i);
        put(content.ratedVector(items.get(i)), rated, i);
      }
    }
  }

  private void put(float[] vector, float[] rows, int row) {
    System.arraycopy(vector, 0, rows, row * dimension, dimension);
  }

  private Tensor half(float[] table, int rows, int from) {
    float[] half = new float[rows * dimension];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(table, row * 2 * dimension + from, half, row * dimension, dimension);
    }
    return Tensor.of(half, rows, dimension);
  }

  /** The columns that enough rated items have, ascending. */
  private int[] columns(int[] known) {
    int[] holders = new int[columns.count()];
    for (int item : known) {
      columns.of(items.get(item), (column, value) -> holders[column]++);
    }
    return IntStream.range(0, holders.length)
        .filter(column -> holders[column] >= LEAST_ITEMS)
        .boxed()
        .sorted((a, b) -> Integer.compare(holders[b], holders[a]))
        .limit(MOST_COLUMNS)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** The penalty with the least error of items that were left out. */
  private double best(Rows rows) {
    int[] fold = new SplittableRandom(seed).ints(rows.count(), 0, FOLDS).toArray();
    double best = PENALTIES[PENALTIES.length - 1];
    double least = Double.POSITIVE_INFINITY;
    Sums others = rows.sums(i -> fold[i] != 0);
    for (double penalty : PENALTIES) {
      Cancellation.check(RankingFit.WHAT);
      double error = rows.error(i -> fold[i] == 0, rows.solve(others, penalty));
      if (error < least) {
        least = error;
        best = penalty;
      }
    }
    return best;
  }

  /** What a regression is solved from: X'WX and X'WY. */
  private record Sums(NDArray gram, NDArray targets) {}

  /** The rated items: what they are, how much each counts, and both of its vectors. */
  private final class Rows {
    private final NDManager manager;
    private final double[] weights;
    private final NDArray content;
    private final NDArray vectors;

    Rows(NDManager manager, int[] known, int[] counts, int[] chosen, float[] axes, float[] rated) {
      this.manager = manager;
      double mean = Arrays.stream(known).mapToDouble(i -> counts[i]).average().orElse(1);
      this.weights = Arrays.stream(known).mapToDouble(i -> counts[i] / mean).toArray();
      int[] places = new int[columns.count()];
      Arrays.fill(places, -1);
      for (int place = 0; place < chosen.length; place++) {
        places[chosen[place]] = place;
      }
      float[] all = new float[known.length * chosen.length];
      float[] targets = new float[known.length * 2 * dimension];
      for (int row = 0; row < known.length; row++) {
        int from = row * chosen.length;
        columns.of(
            items.get(known[row]),
            (column, value) -> {
              if (places[column] >= 0) {
                all[from + places[column]] = value;
              }
            });
        int at = row * 2 * dimension;
        System.arraycopy(axes, known[row] * dimension, targets, at, dimension);
        System.arraycopy(rated, known[row] * dimension, targets, at + dimension, dimension);
      }
      this.content = manager.create(all, new Shape(known.length, chosen.length));
      this.vectors = manager.create(targets, new Shape(known.length, 2L * dimension));
    }

    int count() {
      return weights.length;
    }

    private NDArray weights(NDManager in, IntPredicate which) {
      float[] some = new float[weights.length];
      for (int i = 0; i < some.length; i++) {
        some[i] = which.test(i) ? (float) weights[i] : 0;
      }
      return in.create(some, new Shape(some.length, 1));
    }

    Sums sums(IntPredicate which) {
      try (NDManager step = manager.newSubManager()) {
        NDArray turned = content.mul(weights(step, which)).transpose();
        NDArray gram = turned.matMul(content);
        NDArray targets = turned.matMul(vectors);
        gram.attach(manager);
        targets.attach(manager);
        return new Sums(gram, targets);
      }
    }

    /** What each column adds to both vectors. */
    NDArray solve(Sums sums, double penalty) {
      try (NDManager step = manager.newSubManager()) {
        NDArray penalties = step.eye((int) sums.gram().getShape().get(0)).mul((float) penalty);
        NDArray solved = sums.gram().add(penalties).inverse().matMul(sums.targets());
        solved.attach(manager);
        return solved;
      }
    }

    /** The squared error of the items' vectors. */
    double error(IntPredicate which, NDArray table) {
      try (NDManager step = manager.newSubManager()) {
        NDArray off = content.matMul(table).sub(vectors).square();
        NDArray weighted = off.get(":, :" + dimension).mul(weights(step, which));
        return weighted.sum().getFloat();
      }
    }
  }
}
