package dev.recsys.index.ann;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels over the Vector API. Every sum runs in two vectors of the widest shape that do not
 * wait for each other, then in one of the widest shape, one of 128 bits, and at most three scalar
 * steps, which costs a dimension that is no multiple of the lane count little and needs no masks.
 *
 * <p>Lanes are added up by explicit halving. {@code reduceLanes} leaves its order open, and
 * compiled and interpreted code do differ: the same vector would have two scores in the life of a
 * JVM.
 */
final class SimdKernels extends Kernels {
  private static final int NARROWEST = FloatVector.SPECIES_128.length();
  private static final VectorSpecies<Float> WIDE = widest();
  private static final int W = WIDE.length();
  private static final VectorShuffle<Float> HALF = swap(W / 2);
  private static final VectorShuffle<Float> QUARTER = swap(W / 4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> UPPER_HALF = mask(i -> i >= W / 2);
  private static final VectorMask<Float> ODD_QUARTERS = mask(i -> (i / (W / 4)) % 2 == 1);

  @Override
  float innerProduct(float[] a, int atA, float[] b, int atB, int dimension) {
    FloatVector s0 = FloatVector.zero(WIDE);
    FloatVector s1 = s0;
    int i = 0;
    for (int end = dimension - 2 * W; i <= end; i += 2 * W) {
      s0 = load(a, atA + i).fma(load(b, atB + i), s0);
      s1 = load(a, atA + i + W).fma(load(b, atB + i + W), s1);
    }
    if (i <= dimension - W) {
      s0 = load(a, atA + i).fma(load(b, atB + i), s0);
      i += W;
    }
    return sum(s0, s1) + restOfProduct(a, atA, b, atB, i, dimension);
  }

  @Override
  void innerProducts(float[] query, float[][] rows, int[] at, int dimension, float[] out) {
    FloatVector s0 = FloatVector.zero(WIDE);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    int i = 0;
    for (int end = dimension - 2 * W; i <= end; i += 2 * W) {
      FloatVector p = load(query, i);
      s0 = p.fma(load(rows[0], at[0] + i), s0);
      s1 = p.fma(load(rows[1], at[1] + i), s1);
      s2 = p.fma(load(rows[2], at[2] + i), s2);
      s3 = p.fma(load(rows[3], at[3] + i), s3);
      FloatVector q = load(query, i + W);
      t0 = q.fma(load(rows[0], at[0] + i + W), t0);
      t1 = q.fma(load(rows[1], at[1] + i + W), t1);
      t2 = q.fma(load(rows[2], at[2] + i + W), t2);
      t3 = q.fma(load(rows[3], at[3] + i + W), t3);
    }
    if (i <= dimension - W) {
      FloatVector p = load(query, i);
      s0 = p.fma(load(rows[0], at[0] + i), s0);
      s1 = p.fma(load(rows[1], at[1] + i), s1);
      s2 = p.fma(load(rows[2], at[2] + i), s2);
      s3 = p.fma(load(rows[3], at[3] + i), s3);
      i += W;
    }
    writeSums(s0.add(t0), s1.add(t1), s2.add(t2), s3.add(t3), out);
    if (i < dimension) {
      for (int r = 0; r < 4; r++) {
        out[r] += restOfProduct(query, 0, rows[r], at[r], i, dimension);
      }
    }
  }

  /*
   * The rest is summed without vectors. With those of another shape the compiler sees two kinds of
   * receivers in the methods of the Vector API that all of them go through, and where it meets that
   * before it knows which of them it has, every vector is an object from then on.
   */
  private static float restOfProduct(
      float[] a, int atA, float[] b, int atB, int from, int dimension) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = from;
    for (int end = dimension - 4; i <= end; i += 4) {
      s0 = Math.fma(a[atA + i], b[atB + i], s0);
      s1 = Math.fma(a[atA + i + 1], b[atB + i + 1], s1);
      s2 = Math.fma(a[atA + i + 2], b[atB + i + 2], s2);
      s3 = Math.fma(a[atA + i + 3], b[atB + i + 3], s3);
    }
    float tail = 0;
    for (; i < dimension; i++) {
      tail += a[atA + i] * b[atB + i];
    }
    return (s0 + s2) + (s1 + s3) + tail;
  }

  @Override
  float squaredL2(float[] a, int atA, float[] b, int atB, int dimension) {
    FloatVector s0 = FloatVector.zero(WIDE);
    FloatVector s1 = s0;
    int i = 0;
    for (int end = dimension - 2 * W; i <= end; i += 2 * W) {
      FloatVector d0 = load(a, atA + i).sub(load(b, atB + i));
      FloatVector d1 = load(a, atA + i + W).sub(load(b, atB + i + W));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    if (i <= dimension - W) {
      FloatVector d0 = load(a, atA + i).sub(load(b, atB + i));
      s0 = d0.fma(d0, s0);
      i += W;
    }
    return sum(s0, s1) + restOfDistance(a, atA, b, atB, i, dimension);
  }

  private static float restOfDistance(
      float[] a, int atA, float[] b, int atB, int from, int dimension) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = from;
    for (int end = dimension - 4; i <= end; i += 4) {
      float d0 = a[atA + i] - b[atB + i];
      float d1 = a[atA + i + 1] - b[atB + i + 1];
      float d2 = a[atA + i + 2] - b[atB + i + 2];
      float d3 = a[atA + i + 3] - b[atB + i + 3];
      s0 = Math.fma(d0, d0, s0);
      s1 = Math.fma(d1, d1, s1);
      s2 = Math.fma(d2, d2, s2);
      s3 = Math.fma(d3, d3, s3);
    }
    float tail = 0;
    for (; i < dimension; i++) {
      float d = a[atA + i] - b[atB + i];
      tail += d * d;
    }
    return (s0 + s2) + (s1 + s3) + tail;
  }

  @Override
  int sumCodes(
      byte[] codes, QueryCodes query, short[] sums, int sumsAt, short[] maxima, int maximaAt) {
    return SimdCodes.sum(codes, query, sums, sumsAt, maxima, maximaAt);
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
    return SimdBlocks.sum(codes, query, length, lanes, sums, sumsAt, maxima, maximaAt);
  }

  @Override
  int collect(short[] sums, int at, int from, int below, int[] out, int outAt, int base) {
    return SimdCodes.collect(sums, at, from, below, out, outAt, base);
  }

  @Override
  int count(short[] sums, int at, int length, int from) {
    return SimdCodes.count(sums, at, length, from);
  }

  @Override
  double codeCost() {
    return 0.02;
  }

  /** The shape that the machine prefers, within those that {@link #sum} knows. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    if (preferred.length() > FloatVector.SPECIES_512.length()) {
      return FloatVector.SPECIES_512;
    }
    return preferred.length() < NARROWEST ? FloatVector.SPECIES_128 : preferred;
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(WIDE, i -> (i ^ distance) % W);
  }

  /** Adds up four vectors at once, each in the order of {@link #sum}. */
  private static void writeSums(
      FloatVector a, FloatVector b, FloatVector c, FloatVector d, float[] out) {
    FloatVector ab = a.blend(b, UPPER_HALF).add(b.blend(a, UPPER_HALF).rearrange(HALF));
    FloatVector cd = c.blend(d, UPPER_HALF).add(d.blend(c, UPPER_HALF).rearrange(HALF));
    FloatVector all = ab.blend(cd, ODD_QUARTERS).add(cd.blend(ab, ODD_QUARTERS).rearrange(QUARTER));
    if (W > 8) {
      all = all.add(all.rearrange(SWAP_2));
    }
    if (W > 4) {
      all = all.add(all.rearrange(SWAP_1));
    }
    out[0] = all.lane(0);
    out[1] = all.lane(W / 2);
    out[2] = all.lane(W / 4);
    out[3] = all.lane(W / 2 + W / 4);
  }

  private static VectorMask<Float> mask(IntPredicate lanes) {
    long bits = IntStream.range(0, W).filter(lanes).mapToLong(i -> 1L << i).sum();
    return VectorMask.fromLong(WIDE, bits);
  }

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(WIDE, values, at);
  }

  private static float sum(FloatVector a, FloatVector b) {
    FloatVector s = a.add(b);
    s = s.add(s.rearrange(HALF));
    s = s.add(s.rearrange(QUARTER));
    if (W > 8) {
      s = s.add(s.rearrange(SWAP_2));
    }
    if (W > 4) {
      s = s.add(s.rearrange(SWAP_1));
    }
    return s.lane(0);
  }

  @Override
  public String toString() {
    return "Vector API, " + WIDE.vectorBitSize() + " bits";
  }
}
