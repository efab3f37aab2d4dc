package dev.recsys.model;

import java.util.SplittableRandom;

/**
 * A tower's parameter: its name (the tensor's name in files), its shape and how it starts.
 *
 * @param deviation of the normal distribution it is drawn from; 0 for zeros
 * @param reservedRow whether row 0 stands for the unknown and starts as zeros
 */
record ParameterSpec(String name, int rows, int columns, double deviation, boolean reservedRow) {

  /** A table with a row for each value. */
  static ParameterSpec embedding(String name, int rows, int columns) {
    return new ParameterSpec(name, rows, columns, 0.05, true);
  }

  /** A matrix from {@code rows} inputs to {@code columns} outputs. */
  static ParameterSpec layer(String name, int rows, int columns) {
    return new ParameterSpec(name, rows, columns, 1 / Math.sqrt(3.0 * rows), false);
  }

  /** A table or row that starts at zero. */
  static ParameterSpec bias(String name, int rows, int columns) {
    return new ParameterSpec(name, rows, columns, 0, false);
  }

  /** Draws the initial values; each name has a random sequence of its own. */
  Tensor initial(long seed) {
    float[] values = new float[Math.multiplyExact(rows, columns)];
    if (deviation > 0) {
      SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
      for (int i = reservedRow ? columns : 0; i < values.length; i++) {
        values[i] = (float) (deviation * gaussian(random));
      }
    }
    return Tensor.of(values, rows, columns);
  }

  private static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
