package dev.recsys.index.ann;

/**
 * The kernels in plain Java. Floating-point addition may not be reordered by the compiler, so each
 * sum is kept in eight parts that do not wait for each other.
 */
final class ScalarKernels extends Kernels {
  @Override
  float innerProduct(float[] a, int atA, float[] b, int atB, int dimension) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int whole = dimension & -8;
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
    for (int i = whole; i < dimension; i++) {
      s0 += a[atA + i] * b[atB + i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  @Override
  float squaredL2(float[] a, int atA, float[] b, int atB, int dimension) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int whole = dimension & -4;
    for (int i = 0; i < whole; i += 4) {
      int p = atA + i;
      int q = atB + i;
      float d0 = a[p] - b[q];
      float d1 = a[p + 1] - b[q + 1];
      float d2 = a[p + 2] - b[q + 2];
      float d3 = a[p + 3] - b[q + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (int i = whole; i < dimension; i++) {
      float d = a[atA + i] - b[atB + i];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public String toString() {
    return "scalar";
  }
}
