package dev.recsys.cli;

import java.util.List;
import java.util.Random;

/**
 * Where vectors lie on the plane on which they differ most: their two first principal axes, by
 * power iteration from a fixed start.
 */
final class PlaneMap {
  private static final int ITERATIONS = 60;

  private PlaneMap() {}

  /**
   * Returns two coordinates for each vector.
   *
   * @param vectors of one length; brought to unit length here
   */
  static double[][] of(List<float[]> vectors) {
    double[][] rows = vectors.stream().map(PlaneMap::unit).toArray(double[][]::new);
    center(rows);
    double[] first = axis(rows, new double[0]);
    double[] second = axis(rows, first);
    double[][] places = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      places[i] = new double[] {product(rows[i], first), product(rows[i], second)};
    }
    return places;
  }

  private static double[] unit(float[] vector) {
    double[] row = new double[vector.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = vector[i];
    }
    normalize(row);
    return row;
  }

  private static void center(double[][] rows) {
    for (int c = 0; rows.length > 0 && c < rows[0].length; c++) {
      double sum = 0;
      for (double[] row : rows) {
        sum += row[c];
      }
      for (double[] row : rows) {
        row[c] -= sum / rows.length;
      }
    }
  }

  /** The axis on which the rows vary most, of those at a right angle to another one. */
  private static double[] axis(double[][] rows, double[] other) {
    int dimension = rows.length == 0 ? 0 : rows[0].length;
    double[] axis = new Random(1).doubles(dimension, -1, 1).toArray();
    for (int i = 0; i < ITERATIONS; i++) {
      double[] next = new double[dimension];
      for (double[] row : rows) {
        addTo(next, row, product(row, axis));
      }
      if (other.length > 0) {
        addTo(next, other, -product(next, other));
      }
      normalize(next);
      axis = next;
    }
    return axis;
  }

  private static void addTo(double[] sum, double[] row, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void normalize(double[] vector) {
    double length = Math.sqrt(product(vector, vector));
    for (int i = 0; i < vector.length && length > 0; i++) {
      vector[i] /= length;
    }
  }
}
