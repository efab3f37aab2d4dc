package dev.recsys.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** One attribute of many users or items, as a {@link Branch} takes it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface Column {

  /**
   * Adds the arrays of some users or items.
   *
   * @param places which ones; the first {@code count} are taken
   * @param mask replaces single rows of a table, for dropping them
   */
  void gather(NDManager manager, int[] places, int count, IntUnaryOperator mask, NDList arrays);

  /** A row of a table for each. */
  record Rows(int[] rows) implements Column {
    @Override
    public void gather(
        NDManager manager, int[] places, int count, IntUnaryOperator mask, NDList arrays) {
      int[] gathered = new int[count];
      for (int i = 0; i < count; i++) {
        gathered[i] = mask.applyAsInt(rows[places[i]]);
      }
      arrays.add(manager.create(gathered));
    }
  }

  /** A number for each. */
  record Numbers(float[] numbers) implements Column {
    @Override
    public void gather(
        NDManager manager, int[] places, int count, IntUnaryOperator mask, NDList arrays) {
      float[] gathered = new float[count];
      for (int i = 0; i < count; i++) {
        gathered[i] = numbers[places[i]];
      }
      arrays.add(manager.create(gathered, new Shape(count, 1)));
    }
  }

  /**
   * Up to {@code length} groups of {@code width} rows for each, and the weight of each group: one
   * over their number, 0 past the last.
   */
  record Groups(int length, int width, int[] rows, float[] weights) implements Column {

    /** A group for each value. */
    static Groups ofValues(int[][] values) {
      return of(values, 1, 0);
    }

    /** A group for each token: its neighbours and itself. */
    static Groups ofTokens(int[][] tokens, int outside) {
      return of(tokens, TowerSettings.TEXT_WINDOW, outside);
    }

    private static Groups of(int[][] values, int width, int outside) {
      int length = Math.max(1, Arrays.stream(values).mapToInt(v -> v.length).max().orElse(1));
      int[] rows = new int[Math.multiplyExact(values.length, length * width)];
      float[] weights = new float[values.length * length];
      Arrays.fill(rows, outside);
      for (int i = 0; i < values.length; i++) {
        int count = values[i].length;
        Arrays.fill(weights, i * length, i * length + count, 1f / count);
        for (int at = 0; at < count; at++) {
          for (int k = 0; k < width; k++) {
            int from = at + k - width / 2;
            if (from >= 0 && from < count) {
              rows[(i * length + at) * width + k] = values[i][from];
            }
          }
        }
      }
      return new Groups(length, width, rows, weights);
    }

    @Override
    public void gather(
        NDManager manager, int[] places, int count, IntUnaryOperator mask, NDList arrays) {
      int stride = length * width;
      int[] gathered = new int[count * stride];
      float[] gatheredWeights = new float[count * length];
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows, places[i] * stride, gathered, i * stride, stride);
        System.arraycopy(weights, places[i] * length, gatheredWeights, i * length, length);
      }
      arrays.add(manager.create(gathered, new Shape(count, stride)));
      arrays.add(manager.create(gatheredWeights, new Shape(count, length)));
    }
  }
}
