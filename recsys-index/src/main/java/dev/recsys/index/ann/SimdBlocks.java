package dev.recsys.index.ann;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of the codes of a cell over the Vector API, in 16 bits, one vector of the cell per lane. A
 * block is read from end to end, twice or four times from the first-level cache where registers are
 * short.
 */
final class SimdBlocks {
  private static final VectorSpecies<Short> SHORTS = SimdCodes.SHORTS;
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
  private static final int L = SHORTS.length();
  private static final int BLOCK = Kernels.BLOCK;

  private SimdBlocks() {}

  static int sum(
      byte[] codes,
      short[] query,
      int length,
      int lanes,
      short[] sums,
      int sumsAt,
      short[] maxima,
      int maximaAt) {
    for (int block = 0; block < lanes; block += BLOCK) {
      for (int lane = 0; lane < BLOCK; lane += 2 * L) {
        sumPart(codes, block * length + lane, query, length, sums, sumsAt + block + lane);
      }
    }
    return writeMaxima(sums, sumsAt, lanes, maxima, maximaAt);
  }

  private static void sumPart(
      byte[] codes, int from, short[] query, int length, short[] sums, int at) {
    ShortVector s0 = ShortVector.zero(SHORTS);
    ShortVector s1 = s0;
    for (int c = 0, p = from; c < length; c++, p += BLOCK) {
      ShortVector q = ShortVector.broadcast(SHORTS, query[c]);
      s0 = s0.add(load(codes, p).mul(q));
      s1 = s1.add(load(codes, p + L).mul(q));
    }
    s0.intoArray(sums, at);
    s1.intoArray(sums, at + L);
  }

  private static ShortVector load(byte[] codes, int at) {
    return (ShortVector)
        ByteVector.fromArray(BYTES, codes, at).convertShape(VectorOperators.B2S, SHORTS, 0);
  }

  private static int writeMaxima(short[] sums, int at, int lanes, short[] maxima, int maximaAt) {
    ShortVector greatest = ShortVector.broadcast(SHORTS, Short.MIN_VALUE);
    for (int m = 0; m < Kernels.MAXIMA; m += L) {
      ShortVector max = ShortVector.fromArray(SHORTS, sums, at + m);
      for (int lane = m + Kernels.MAXIMA; lane < lanes; lane += Kernels.MAXIMA) {
        max = max.max(ShortVector.fromArray(SHORTS, sums, at + lane));
      }
      max.intoArray(maxima, maximaAt + m);
      greatest = greatest.max(max);
    }
    return greatest.reduceLanes(VectorOperators.MAX);
  }
}
