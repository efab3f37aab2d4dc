package dev.recsys.index.ann;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels over the Vector API. Every sum runs in two vectors of the widest shape that do not
 * wait for each other, then in one of the widest shape, one of 128 bits, and at most three scalar
 * steps, which costs a dimension that is no multiple of the lane count little and needs no masks.
 *
 * <p>Lanes are added up by exchanging halves, quarters and so on: reduceLanes adds in another order
 * once it is compiled, and equal vectors would come to differ in the last bit in one and the same
 * search.
 */
final class SimdKernels extends Kernels {
  private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_128;
  private static final int N = NARROW.length();
  private static final VectorSpecies<Float> WIDE = widest();
  private static final int W = WIDE.length();

  private static final VectorShuffle<Float> BY_8 = exchange(WIDE, 8);
  private static final VectorShuffle<Float> BY_4 = exchange(WIDE, 4);
  private static final VectorShuffle<Float> BY_2 = exchange(WIDE, 2);
  private static final VectorShuffle<Float> BY_1 = exchange(WIDE, 1);
  private static final VectorShuffle<Float> NARROW_BY_2 = exchange(NARROW, 2);
  private static final VectorShuffle<Float> NARROW_BY_1 = exchange(NARROW, 1);

  /** The shape that the machine prefers, within those that {@link #sum} knows. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    if (preferred.length() > FloatVector.SPECIES_512.length()) {
      return FloatVector.SPECIES_512;
    }
    return preferred.length() < N ? NARROW : preferred;
  }

  private static VectorShuffle<Float> exchange(VectorSpecies<Float> species, int distance) {
    return VectorShuffle.fromOp(species, lane -> (lane ^ distance) % species.length());
  }

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
  void innerProducts(float[] query, float[] rows, int[] at, int dimension, float[] out) {
    FloatVector s0 = FloatVector.zero(WIDE);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    int r0 = at[0];
    int r1 = at[1];
    int r2 = at[2];
    int r3 = at[3];
    int i = 0;
    for (int end = dimension - 2 * W; i <= end; i += 2 * W) {
      FloatVector p = load(query, i);
      s0 = p.fma(load(rows, r0 + i), s0);
      s1 = p.fma(load(rows, r1 + i), s1);
      s2 = p.fma(load(rows, r2 + i), s2);
      s3 = p.fma(load(rows, r3 + i), s3);
      FloatVector q = load(query, i + W);
      t0 = q.fma(load(rows, r0 + i + W), t0);
      t1 = q.fma(load(rows, r1 + i + W), t1);
      t2 = q.fma(load(rows, r2 + i + W), t2);
      t3 = q.fma(load(rows, r3 + i + W), t3);
    }
    if (i <= dimension - W) {
      FloatVector p = load(query, i);
      s0 = p.fma(load(rows, r0 + i), s0);
      s1 = p.fma(load(rows, r1 + i), s1);
      s2 = p.fma(load(rows, r2 + i), s2);
      s3 = p.fma(load(rows, r3 + i), s3);
      i += W;
    }
    out[0] = sum(s0, t0) + restOfProduct(query, 0, rows, r0, i, dimension);
    out[1] = sum(s1, t1) + restOfProduct(query, 0, rows, r1, i, dimension);
    out[2] = sum(s2, t2) + restOfProduct(query, 0, rows, r2, i, dimension);
    out[3] = sum(s3, t3) + restOfProduct(query, 0, rows, r3, i, dimension);
  }

  private static float restOfProduct(
      float[] a, int atA, float[] b, int atB, int from, int dimension) {
    FloatVector s = FloatVector.zero(NARROW);
    int i = from;
    for (int end = dimension - N; i <= end; i += N) {
      s =
          FloatVector.fromArray(NARROW, a, atA + i)
              .fma(FloatVector.fromArray(NARROW, b, atB + i), s);
    }
    float tail = 0;
    for (; i < dimension; i++) {
      tail += a[atA + i] * b[atB + i];
    }
    return sum(s) + tail;
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

  @Override
  void squaredL2s(float[] query, float[] rows, int[] at, int dimension, float[] out) {
    squaredL2Pair(query, rows, at, 0, dimension, out);
    squaredL2Pair(query, rows, at, 2, dimension, out);
  }

  private static void squaredL2Pair(
      float[] query, float[] rows, int[] at, int first, int dimension, float[] out) {
    FloatVector s0 = FloatVector.zero(WIDE);
    FloatVector s1 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    int r0 = at[first];
    int r1 = at[first + 1];
    int i = 0;
    for (int end = dimension - 2 * W; i <= end; i += 2 * W) {
      FloatVector p = load(query, i);
      FloatVector d0 = p.sub(load(rows, r0 + i));
      FloatVector d1 = p.sub(load(rows, r1 + i));
      FloatVector q = load(query, i + W);
      FloatVector e0 = q.sub(load(rows, r0 + i + W));
      FloatVector e1 = q.sub(load(rows, r1 + i + W));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
      t0 = e0.fma(e0, t0);
      t1 = e1.fma(e1, t1);
    }
    if (i <= dimension - W) {
      FloatVector p = load(query, i);
      FloatVector d0 = p.sub(load(rows, r0 + i));
      FloatVector d1 = p.sub(load(rows, r1 + i));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
      i += W;
    }
    out[first] = sum(s0, t0) + restOfDistance(query, 0, rows, r0, i, dimension);
    out[first + 1] = sum(s1, t1) + restOfDistance(query, 0, rows, r1, i, dimension);
  }

  private static float restOfDistance(
      float[] a, int atA, float[] b, int atB, int from, int dimension) {
    FloatVector s = FloatVector.zero(NARROW);
    int i = from;
    for (int end = dimension - N; i <= end; i += N) {
      FloatVector d =
          FloatVector.fromArray(NARROW, a, atA + i).sub(FloatVector.fromArray(NARROW, b, atB + i));
      s = d.fma(d, s);
    }
    float tail = 0;
    for (; i < dimension; i++) {
      float d = a[atA + i] - b[atB + i];
      tail += d * d;
    }
    return sum(s) + tail;
  }

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(WIDE, values, at);
  }

  private static float sum(FloatVector a, FloatVector b) {
    FloatVector v = a.add(b);
    if (W > 8) {
      v = v.add(v.rearrange(BY_8));
    }
    if (W > 4) {
      v = v.add(v.rearrange(BY_4));
    }
    v = v.add(v.rearrange(BY_2));
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  private static float sum(FloatVector narrow) {
    FloatVector v = narrow.add(narrow.rearrange(NARROW_BY_2));
    return v.add(v.rearrange(NARROW_BY_1)).lane(0);
  }

  @Override
  public String toString() {
    return "Vector API, " + WIDE.vectorBitSize() + " bits";
  }
}
