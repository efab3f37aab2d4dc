package dev.recsys.index.ann;

import java.util.Objects;

/**
 * Inner products of float vectors in plain Java, for a few at a time: compiled into whatever calls
 * them, vectors of the Vector API can become objects, and then cost more than they save. Safe for
 * many threads.
 */
public final class InnerProducts {
  /*
   * Floating-point addition may not be reordered by the compiler, so each sum is kept in eight parts
   * that do not wait for each other; long vectors are added up in segments, and these in double, so
   * that the error does not grow with the dimension.
   */
  static final int SEGMENT = 4_096;

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
    return of(vector, 0, table, from, vector.length);
  }

  static float of(float[] a, int atA, float[] b, int atB, int dimension) {
    double sum = 0;
    for (int from = 0; from < dimension; from += SEGMENT) {
      sum += product(a, atA + from, b, atB + from, Math.min(SEGMENT, dimension - from));
    }
    return (float) sum;
  }

  private static float product(float[] a, int atA, float[] b, int atB, int count) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = count & -8;
    for (int i = 0; i < whole; i += 8) {
      int p = atA + i;
      int q = atB + i;
      s0 += a[p] * b[q];
      s1 += a[p + 1] * b[q + 1];
      s2 += a[p + 2] * b[q + 2];
      s3 += a[p + 3] * b[q + 3];
      s4 += a[p + 4] * b[q + 4];
      s5 += a[p + 5] * b[q + 5];
      s6 += a[p + 6] * b[q + 6];
      s7 += a[p + 7] * b[q + 7];
    }
    for (int i = whole; i < count; i++) {
      s0 += a[atA + i] * b[atB + i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
