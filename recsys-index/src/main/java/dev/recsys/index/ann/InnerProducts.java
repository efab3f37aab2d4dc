package dev.recsys.index.ann;

import java.util.Objects;

/**
 * Inner products of float vectors in plain Java, for a few at a time: compiled into whatever calls
 * them, vectors of the Vector API can become objects, and then cost more than they save. Safe for
 * many threads.
 */
public final class InnerProducts {
  private static final ScalarKernels PLAIN = new ScalarKernels();

  private InnerProducts() {}

  /**
   * Returns the inner product of two vectors.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public static float of(float[] a, float[] b) {
    Vectors.checkLength(b, a.length, () -> "vector");
    return of(a, b, 0);
  }

  /**
   * Returns the inner product of a vector and as many components of a table.
   *
   * @param from where in the table they begin
   * @throws IndexOutOfBoundsException if the table has not so many from there on
   */
  public static float of(float[] vector, float[] table, int from) {
    Objects.checkFromIndexSize(from, vector.length, table.length);
    return PLAIN.innerProduct(vector, 0, table, from, vector.length);
  }
}
