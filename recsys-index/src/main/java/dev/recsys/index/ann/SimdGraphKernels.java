package dev.recsys.index.ann;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels for codes over the Vector API: bytes are widened to floats, so that the query loses
 * nothing and no sum can overflow. Four rows at once share the loads of the query, and their cache
 * misses overlap; at the end the last row fills up the four. Each row is added up in the same order
 * wherever it stands.
 */
final class SimdGraphKernels extends GraphKernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int W = FLOATS.length();

  /** As many bytes as there are float lanes, or the smallest shape there is. */
  private static final VectorSpecies<Byte> BYTES =
      W == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  private static final int PARTS = BYTES.length() / W;

  @Override
  void score(float[] query, byte[][] blocks, int bits, int[] rows, int count, float[] out) {
    int i = 0;
    if (PARTS == 1) {
      for (; i + 2 <= count; i += 4) {
        scoreFour(query, blocks, bits, rows, i, count - 1, out);
      }
    }
    for (; i < count; i++) {
      out[i] = scoreOne(query, blocks[rows[i] >>> bits], at(rows[i], bits, query.length));
    }
  }

  private static void scoreFour(
      float[] query, byte[][] blocks, int bits, int[] rows, int i, int last, float[] out) {
    int i1 = i + 1;
    int i2 = Math.min(i + 2, last);
    int i3 = Math.min(i + 3, last);
    byte[] b0 = blocks[rows[i] >>> bits];
    byte[] b1 = blocks[rows[i1] >>> bits];
    byte[] b2 = blocks[rows[i2] >>> bits];
    byte[] b3 = blocks[rows[i3] >>> bits];
    int p0 = at(rows[i], bits, query.length);
    int p1 = at(rows[i1], bits, query.length);
    int p2 = at(rows[i2], bits, query.length);
    int p3 = at(rows[i3], bits, query.length);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int c = 0; c < query.length; c += W) {
      FloatVector q = FloatVector.fromArray(FLOATS, query, c);
      s0 = load(b0, p0 + c).fma(q, s0);
      s1 = load(b1, p1 + c).fma(q, s1);
      s2 = load(b2, p2 + c).fma(q, s2);
      s3 = load(b3, p3 + c).fma(q, s3);
    }
    out[i] = s0.reduceLanes(VectorOperators.ADD);
    out[i1] = s1.reduceLanes(VectorOperators.ADD);
    out[i2] = s2.reduceLanes(VectorOperators.ADD);
    out[i3] = s3.reduceLanes(VectorOperators.ADD);
  }

  private static float scoreOne(float[] query, byte[] codes, int at) {
    FloatVector sum = FloatVector.zero(FLOATS);
    if (PARTS == 1) {
      for (int c = 0; c < query.length; c += W) {
        sum = load(codes, at + c).fma(FloatVector.fromArray(FLOATS, query, c), sum);
      }
    } else {
      // of 128 bits: the part must be a constant, or the conversion is not compiled to one
      for (int c = 0; c < query.length; c += 2 * W) {
        ByteVector both = ByteVector.fromArray(BYTES, codes, at + c);
        sum = first(both).fma(FloatVector.fromArray(FLOATS, query, c), sum);
        sum = second(both).fma(FloatVector.fromArray(FLOATS, query, c + W), sum);
      }
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector load(byte[] codes, int at) {
    return first(ByteVector.fromArray(BYTES, codes, at));
  }

  private static FloatVector first(ByteVector codes) {
    return (FloatVector) codes.convertShape(VectorOperators.B2F, FLOATS, 0);
  }

  private static FloatVector second(ByteVector codes) {
    return (FloatVector) codes.convertShape(VectorOperators.B2F, FLOATS, 1);
  }
}
