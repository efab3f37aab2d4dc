package dev.recsys.index.ann;

import static jdk.incubator.vector.ShortVector.fromArray;

import java.util.Arrays;
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
 *
 * <p>On 512-bit machines the eight are all of a group, whose codes are then read from end to end:
 * 256 components of 100,000 vectors cost 6.3 ns a vector, and 15 to 17 in two halves of each
 * component, 30 in an order of components that follows the query, since memory is read ahead in
 * order only (in cache 4.3, 4.4 and 4.6; one core, Java 25).
 */
final class SimdCodes {
  static final VectorSpecies<Short> SHORTS = widest();
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHORTS.vectorBitSize() / 2));
  private static final int L = SHORTS.length();
  private static final VectorOperators.Binary SHIFT = VectorOperators.ASHR;
  private static final int SIZE = CodeGroup.SIZE;

  /**
   * Whether the JVM has an instruction for the bits of a mask; before, it makes an array of them.
   */
  private static final boolean MASK_BITS = Runtime.version().feature() >= 19;

  /**
   * Whether the JVM compiles sumSegment and addSegment whole. Java 17 stops inlining at 40,000
   * nodes (LiveNodeCountInliningCutoff), which either has; the rest then made objects for as long
   * as a JVM ran, one of ten, and of halves still one of ten, of quarters one of 80. A quarter of
   * it at a time takes up to a third longer, 4 % more than halves.
   */
  private static final boolean LARGE_METHODS = Runtime.version().feature() >= 19;

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
      byte[] codes, QueryCodes query, short[] sums, int sumsAt, short[] maxima, int maximaAt) {
    if (LARGE_METHODS && query.steps == 1 && query.shifts[0] == 0) {
      for (int lane = 0; lane < SIZE; lane += 8 * L) {
        sumSegment(codes, lane, query.codes, query.components, sums, sumsAt + lane);
      }
    } else if (!addSegments(codes, query, sums, sumsAt)) {
      return Kernels.LEFT_OUT;
    }
    int greatest = Short.MIN_VALUE;
    for (int lane = 0; lane < SIZE; lane += 8 * L) {
      int max = writeMaxima(sums, sumsAt + lane, maxima, maximaAt + lane / 8);
      greatest = Math.max(greatest, max);
    }
    return greatest;
  }

  /** Returns false as soon as no vector can reach what the query needs. */
  private static boolean addSegments(byte[] codes, QueryCodes query, short[] sums, int sumsAt) {
    Arrays.fill(sums, sumsAt, sumsAt + SIZE, (short) 0);
    for (int step = 0; step < query.steps; step++) {
      int from = query.from(step);
      int to = query.to(step);
      int shift = query.shifts[step];
      for (int lane = 0; lane < SIZE; lane += 8 * L) {
        if (LARGE_METHODS) {
          addSegment(codes, lane, query.codes, from, to, shift, sums, sumsAt + lane);
        } else {
          addInQuarters(codes, lane, query.codes, from, to, shift, sums, sumsAt + lane);
        }
      }
      if (query.mayEndAfter(step) && greatest(sums, sumsAt) < query.least[step]) {
        return false;
      }
    }
    return true;
  }

  /*
   * Vectors are handed to no method of this class: it might not be inlined where a caller is large
   * already, and each would then be an object. With the last lines of addSegment in a method of
   * their own, eight segments of a group leave 3 KB of objects.
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

  private static void addSegment(
      byte[] codes, int lane, short[] query, int from, int to, int shift, short[] sums, int at) {
    ShortVector s0 = ShortVector.zero(SHORTS);
    ShortVector s1 = s0;
    ShortVector s2 = s0;
    ShortVector s3 = s0;
    ShortVector s4 = s0;
    ShortVector s5 = s0;
    ShortVector s6 = s0;
    ShortVector s7 = s0;
    for (int c = from; c < to; c++) {
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
    s0.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at)).intoArray(sums, at);
    s1.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + L)).intoArray(sums, at + L);
    s2.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + 2 * L)).intoArray(sums, at + 2 * L);
    s3.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + 3 * L)).intoArray(sums, at + 3 * L);
    s4.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + 4 * L)).intoArray(sums, at + 4 * L);
    s5.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + 5 * L)).intoArray(sums, at + 5 * L);
    s6.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + 6 * L)).intoArray(sums, at + 6 * L);
    s7.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + 7 * L)).intoArray(sums, at + 7 * L);
  }

  private static void addInQuarters(
      byte[] codes, int lane, short[] query, int from, int to, int shift, short[] sums, int at) {
    for (int first = 0; first < 8 * L; first += 2 * L) {
      addQuarter(codes, lane + first, query, from, to, shift, sums, at + first);
    }
  }

  private static void addQuarter(
      byte[] codes, int lane, short[] query, int from, int to, int shift, short[] sums, int at) {
    ShortVector s0 = ShortVector.zero(SHORTS);
    ShortVector s1 = s0;
    for (int c = from; c < to; c++) {
      ShortVector q = ShortVector.broadcast(SHORTS, query[c]);
      int p = c * SIZE + lane;
      s0 = s0.add(load(codes, p).mul(q));
      s1 = s1.add(load(codes, p + L).mul(q));
    }
    s0.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at)).intoArray(sums, at);
    s1.lanewise(SHIFT, shift).add(fromArray(SHORTS, sums, at + L)).intoArray(sums, at + L);
  }

  private static ShortVector load(byte[] codes, int at) {
    return (ShortVector)
        ByteVector.fromArray(BYTES, codes, at).convertShape(VectorOperators.B2S, SHORTS, 0);
  }

  private static int greatest(short[] sums, int at) {
    ShortVector max = ShortVector.fromArray(SHORTS, sums, at);
    for (int i = L; i < SIZE; i += L) {
      max = max.max(ShortVector.fromArray(SHORTS, sums, at + i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  private static int writeMaxima(short[] sums, int at, short[] maxima, int maximaAt) {
    ShortVector max = ShortVector.fromArray(SHORTS, sums, at);
    for (int i = 1; i < 8; i++) {
      max = max.max(ShortVector.fromArray(SHORTS, sums, at + i * L));
    }
    max.intoArray(maxima, maximaAt);
    return max.reduceLanes(VectorOperators.MAX);
  }

  static int count(short[] sums, int at, int length, int from) {
    if (from > Short.MAX_VALUE) {
      return 0;
    }
    short least = (short) Math.max(Short.MIN_VALUE, from);
    int count = 0;
    for (int lane = 0; lane < length; lane += L) {
      ShortVector block = ShortVector.fromArray(SHORTS, sums, at + lane);
      count += block.compare(VectorOperators.GE, least).trueCount();
    }
    return count;
  }

  static int collect(short[] sums, int at, int from, int below, int[] out, int outAt, int base) {
    if (from > Short.MAX_VALUE || below <= Short.MIN_VALUE) {
      return outAt;
    }
    short least = (short) Math.max(Short.MIN_VALUE, from);
    short greatest = (short) (Math.min(Short.MAX_VALUE + 1, below) - 1);
    return MASK_BITS
        ? collectBits(sums, at, least, greatest, out, outAt, base)
        : collectLanes(sums, at, least, greatest, out, outAt, base);
  }

  /**
   * Goes through 64 sums at a time, so that it guesses wrong how many there are only that often.
   */
  private static int collectBits(
      short[] sums, int at, short least, short greatest, int[] out, int outAt, int base) {
    int end = outAt;
    for (int word = 0; word < SIZE; word += Long.SIZE) {
      long bits = 0;
      for (int lane = 0; lane < Long.SIZE; lane += L) {
        ShortVector block = ShortVector.fromArray(SHORTS, sums, at + word + lane);
        VectorMask<Short> passing =
            block
                .compare(VectorOperators.GE, least)
                .and(block.compare(VectorOperators.LE, greatest));
        bits |= passing.toLong() << lane;
      }
      for (; bits != 0; bits &= bits - 1) {
        out[end++] = base + word + Long.numberOfTrailingZeros(bits);
      }
    }
    return end;
  }

  private static int collectLanes(
      short[] sums, int at, short least, short greatest, int[] out, int outAt, int base) {
    int end = outAt;
    for (int lane = 0; lane < SIZE; lane += L) {
      ShortVector block = ShortVector.fromArray(SHORTS, sums, at + lane);
      if (!block.compare(VectorOperators.GE, least).anyTrue()) {
        continue;
      }
      for (int i = lane; i < lane + L; i++) {
        int sum = sums[at + i];
        // written always and kept sometimes: a branch here would be a coin toss
        out[end] = base + i;
        end += sum >= least & sum <= greatest ? 1 : 0;
      }
    }
    return end;
  }
}
