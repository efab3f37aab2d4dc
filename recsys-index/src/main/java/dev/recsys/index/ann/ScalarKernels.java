package dev.recsys.index.ann;

import java.util.Arrays;

/** The kernels in plain Java, which add up as {@link InnerProducts} does. */
final class ScalarKernels extends Kernels {
  private static final int SEGMENT = InnerProducts.SEGMENT;

  @Override
  float innerProduct(float[] a, int atA, float[] b, int atB, int dimension) {
    return InnerProducts.of(a, atA, b, atB, dimension);
  }

  @Override
  float squaredL2(float[] a, int atA, float[] b, int atB, int dimension) {
    double sum = 0;
    for (int from = 0; from < dimension; from += SEGMENT) {
      sum += distance(a, atA + from, b, atB + from, Math.min(SEGMENT, dimension - from));
    }
    return (float) sum;
  }

  private static float distance(float[] a, int atA, float[] b, int atB, int count) {
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
      s0 += square(a[p] - b[q]);
      s1 += square(a[p + 1] - b[q + 1]);
      s2 += square(a[p + 2] - b[q + 2]);
      s3 += square(a[p + 3] - b[q + 3]);
      s4 += square(a[p + 4] - b[q + 4]);
      s5 += square(a[p + 5] - b[q + 5]);
      s6 += square(a[p + 6] - b[q + 6]);
      s7 += square(a[p + 7] - b[q + 7]);
    }
    for (int i = whole; i < count; i++) {
      s0 += square(a[atA + i] - b[atB + i]);
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  private static float square(float difference) {
    return difference * difference;
  }

  @Override
  int sumCodes(
      byte[] codes, QueryCodes query, short[] sums, int sumsAt, short[] maxima, int maximaAt) {
    Arrays.fill(sums, sumsAt, sumsAt + CodeGroup.SIZE, (short) 0);
    for (int step = 0; step < query.steps; step++) {
      int greatest = addSegment(codes, query, step, sums, sumsAt);
      if (query.mayEndAfter(step) && greatest < query.least[step]) {
        return LEFT_OUT;
      }
    }
    int greatest = Short.MIN_VALUE;
    for (int m = 0; m < MAXIMA; m++) {
      int first = sumsAt + 8 * m;
      short max = sums[first];
      for (int i = 1; i < 8; i++) {
        max = (short) Math.max(max, sums[first + i]);
      }
      maxima[maximaAt + m] = max;
      greatest = Math.max(greatest, max);
    }
    return greatest;
  }

  private static int addSegment(
      byte[] codes, QueryCodes query, int step, short[] sums, int sumsAt) {
    int greatest = Short.MIN_VALUE;
    for (int i = 0; i < CodeGroup.SIZE; i += 4) {
      addFour(codes, i, query, step, sums, sumsAt + i);
      for (int at = sumsAt + i; at < sumsAt + i + 4; at++) {
        greatest = Math.max(greatest, sums[at]);
      }
    }
    return greatest;
  }

  private static void addFour(
      byte[] codes, int at, QueryCodes query, int step, short[] sums, int sumsAt) {
    int s0 = 0;
    int s1 = 0;
    int s2 = 0;
    int s3 = 0;
    int end = query.to(step);
    for (int c = query.from(step); c < end; c++) {
      int p = c * CodeGroup.SIZE + at;
      int q = query.codes[c];
      s0 += q * codes[p];
      s1 += q * codes[p + 1];
      s2 += q * codes[p + 2];
      s3 += q * codes[p + 3];
    }
    int shift = query.shifts[step];
    sums[sumsAt] += (short) (s0 >> shift);
    sums[sumsAt + 1] += (short) (s1 >> shift);
    sums[sumsAt + 2] += (short) (s2 >> shift);
    sums[sumsAt + 3] += (short) (s3 >> shift);
  }

  @Override
  int sumBlocks(
      byte[] codes,
      short[] query,
      int length,
      int lanes,
      short[] sums,
      int sumsAt,
      short[] maxima,
      int maximaAt) {
    Arrays.fill(maxima, maximaAt, maximaAt + MAXIMA, Short.MIN_VALUE);
    int greatest = Short.MIN_VALUE;
    for (int lane = 0; lane < lanes; lane++) {
      int at = lane / BLOCK * BLOCK * length + lane % BLOCK;
      int sum = 0;
      for (int c = 0; c < length; c++) {
        sum += query[c] * codes[at + c * BLOCK];
      }
      sums[sumsAt + lane] = (short) sum;
      int m = maximaAt + lane % MAXIMA;
      maxima[m] = (short) Math.max(maxima[m], sum);
      greatest = Math.max(greatest, sum);
    }
    return greatest;
  }

  @Override
  double codeCost() {
    return 0.5;
  }

  @Override
  public String toString() {
    return "scalar";
  }
}
