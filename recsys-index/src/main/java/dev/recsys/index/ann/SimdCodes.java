package dev.recsys.index.ann;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of int8 codes over the Vector API: bytes are widened as they are loaded, multiplied and
 * added up in 16 bits, one vector of the set per lane and eight registers of them at a time, so
 * that there is no step across lanes and each component of the query is broadcast once.
 */
final class SimdCodes {
  private static final VectorSpecies<Short> SHORTS = widest();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
  private static final int L = SHORTS.length();
  private static final int SIZE = CodeGroup.SIZE;

  /**
   * Whether the JVM has an instruction for the bits of a mask; before, it makes an array of them.
   */
  private static final boolean MASK_BITS = Runtime.version().feature() >= 19;

  private SimdCodes() {}

  /** The shape that the machine prefers, within those of which a group is so many times eight. */
  private static VectorSpecies<Short> widest() {
    VectorSpecies<Short> preferred = ShortVector.SPECIES_PREFERRED;
    if (preferred.length() > ShortVector.SPECIES_512.length()) {
      return ShortVector.SPECIES_512;
    }
    return preferred.length() < 8 ? ShortVector.SPECIES_128 : preferred;
  }

  static int sum(
      byte[] codes,
      short[] query,
      int components,
      int shift,
      short[] sums,
      int sumsAt,
      short[] maxima,
      int maximaAt) {
    int greatest = Short.MIN_VALUE;
    for (int lane = 0; lane < SIZE; lane += 8 * L) {
      if (components <= Kernels.CODE_SEGMENT && shift == 0) {
        sumSegment(codes, lane, query, components, sums, sumsAt + lane);
      } else {
        sumSegments(codes, lane, query, components, shift, sums, sumsAt + lane);
        sumSegments(codes, lane + 4 * L, query, components, shift, sums, sumsAt + lane + 4 * L);
      }
      int max = writeMaxima(sums, sumsAt + lane, maxima, maximaAt + lane / 8);
      greatest = Math.max(greatest, max);
    }
    return greatest;
  }

  /*
   * Vectors are handed to no method of this class: it might not be inlined where a caller is large
   * already, and each would then be an object. For the same reason several segments are summed in
   * four registers only.
   */
  private static void sumSegment(
      byte[] codes, int lane, short[] query, int components, short[] sums, int at) {
    ShortVector s0 = ShortVector.zero(SHORTS);
    ShortVector s1 = s0;
    ShortVector s2 = s0;
    ShortVector s3 = s0;
    ShortVector s4 = s0;
    ShortVector s5 = s0;
    ShortVector s6 = s0;
    ShortVector s7 = s0;
    for (int c = 0; c < components; c++) {
      ShortVector q = ShortVector.broadcast(SHORTS, query[c]);
      int p = c * SIZE + lane;
      s0 = s0.add(load(codes, p).mul(q));
      s1 = s1.add(load(codes, p + L).mul(q));
      s2 = s2.add(load(codes, p + 2 * L).mul(q));
      s3 = s3.add(load(codes, p + 3 * L).mul(q));
      s4 = s4.add(load(codes, p + 4 * L).mul(q));
      s5 = s5.add(load(codes, p + 5 * L).mul(q));
      s6 = s6.add(load(codes, p + 6 * L).mul(q));
      s7 = s7.add(load(codes, p + 7 * L).mul(q));
    }
    s0.intoArray(sums, at);
    s1.intoArray(sums, at + L);
    s2.intoArray(sums, at + 2 * L);
    s3.intoArray(sums, at + 3 * L);
    s4.intoArray(sums, at + 4 * L);
    s5.intoArray(sums, at + 5 * L);
    s6.intoArray(sums, at + 6 * L);
    s7.intoArray(sums, at + 7 * L);
  }

  private static void sumSegments(
      byte[] codes, int lane, short[] query, int components, int shift, short[] sums, int at) {
    ShortVector zero = ShortVector.zero(SHORTS);
    ShortVector t0 = zero;
    ShortVector t1 = zero;
    ShortVector t2 = zero;
    ShortVector t3 = zero;
    for (int from = 0; from < components; from += Kernels.CODE_SEGMENT) {
      int to = Math.min(components, from + Kernels.CODE_SEGMENT);
      ShortVector s0 = zero;
      ShortVector s1 = zero;
      ShortVector s2 = zero;
      ShortVector s3 = zero;
      for (int c = from; c < to; c++) {
        ShortVector q = ShortVector.broadcast(SHORTS, query[c]);
        int p = c * SIZE + lane;
        s0 = s0.add(load(codes, p).mul(q));
        s1 = s1.add(load(codes, p + L).mul(q));
        s2 = s2.add(load(codes, p + 2 * L).mul(q));
        s3 = s3.add(load(codes, p + 3 * L).mul(q));
      }
      t0 = t0.add(s0.lanewise(VectorOperators.ASHR, shift));
      t1 = t1.add(s1.lanewise(VectorOperators.ASHR, shift));
      t2 = t2.add(s2.lanewise(VectorOperators.ASHR, shift));
      t3 = t3.add(s3.lanewise(VectorOperators.ASHR, shift));
    }
    t0.intoArray(sums, at);
    t1.intoArray(sums, at + L);
    t2.intoArray(sums, at + 2 * L);
    t3.intoArray(sums, at + 3 * L);
  }

  private static ShortVector load(byte[] codes, int at) {
    return (ShortVector)
        ByteVector.fromArray(BYTES, codes, at).convertShape(VectorOperators.B2S, SHORTS, 0);
  }

  /**
   * Shifts a sum and adds it to what the mask keeps of the one before. Without a branch: with both
   * ways compiled this was too much to be inlined, and a vector that is handed over is an object.
   */
  private static void store(ShortVector sum, int shift, short[] sums, int at, short mask) {
    ShortVector kept = ShortVector.fromArray(SHORTS, sums, at).and(mask);
    sum.lanewise(VectorOperators.ASHR, shift).add(kept).intoArray(sums, at);
  }

  private static int writeMaxima(short[] sums, int at, short[] maxima, int maximaAt) {
    ShortVector max = ShortVector.fromArray(SHORTS, sums, at);
    for (int i = 1; i < 8; i++) {
      max = max.max(ShortVector.fromArray(SHORTS, sums, at + i * L));
    }
    max.intoArray(maxima, maximaAt);
    return max.reduceLanes(VectorOperators.MAX);
  }

  static int collect(short[] sums, int at, int from, int below, int[] out) {
    ShortVector least = ShortVector.broadcast(SHORTS, (short) Math.max(Short.MIN_VALUE, from));
    int count = 0;
    for (int lane = 0; lane < SIZE; lane += L) {
      ShortVector block = ShortVector.fromArray(SHORTS, sums, at + lane);
      VectorMask<Short> passing = block.compare(VectorOperators.GE, least);
      if (passing.anyTrue()) {
        count =
            MASK_BITS
                ? collectBits(passing.toLong(), sums, at, lane, below, out, count)
                : collectLanes(sums, at, lane, from, below, out, count);
      }
    }
    return count;
  }

  private static int collectBits(
      long passing, short[] sums, int at, int lane, int below, int[] out, int found) {
    int count = found;
    for (long bits = passing; bits != 0; bits &= bits - 1) {
      int i = lane + Long.numberOfTrailingZeros(bits);
      out[count] = i;
      count += sums[at + i] < below ? 1 : 0;
    }
    return count;
  }

  private static int collectLanes(
      short[] sums, int at, int lane, int from, int below, int[] out, int found) {
    int count = found;
    for (int i = lane; i < lane + L; i++) {
      int sum = sums[at + i];
      // written always and kept sometimes: a branch here would be a coin toss
      out[count] = i;
      count += sum >= from & sum < below ? 1 : 0;
    }
    return count;
  }
}
