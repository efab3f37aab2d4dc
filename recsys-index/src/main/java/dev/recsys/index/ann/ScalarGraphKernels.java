package dev.recsys.index.ann;

/** The kernels for codes in plain Java, in eight sums that do not wait for each other. */
final class ScalarGraphKernels extends GraphKernels {
  @Override
  void score(float[] query, byte[][] blocks, int bits, int[] rows, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = score(query, blocks[rows[i] >>> bits], at(rows[i], bits, query.length));
    }
  }

  private static float score(float[] q, byte[] codes, int at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = 0; i < q.length; i += 8) {
      int p = at + i;
      s0 += q[i] * codes[p];
      s1 += q[i + 1] * codes[p + 1];
      s2 += q[i + 2] * codes[p + 2];
      s3 += q[i + 3] * codes[p + 3];
      s4 += q[i + 4] * codes[p + 4];
      s5 += q[i + 5] * codes[p + 5];
      s6 += q[i + 6] * codes[p + 6];
      s7 += q[i + 7] * codes[p + 7];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
