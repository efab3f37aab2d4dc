package dev.recsys.index.ann;

import java.util.Objects;

/**
 * Inner products of float vectors by the fastest code that this JVM runs: over the Vector API if it
 * was started with {@code --add-modules jdk.incubator.vector}. Added up in float, in an order of
 * its own, so that the last bits differ between the two. Safe for many threads.
 */
public final class InnerProducts {
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
    return Kernels.BEST.innerProduct(vector, 0, table, from, vector.length);
  }
}
