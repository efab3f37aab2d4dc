package dev.recsys.bench.data;

import dev.recsys.index.ann.IdSet;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** A filter over vectors 0 to n - 1: those drawn at random are kept. Immutable. */
public final class KeptIds {
  private final double share;
  private final BitSet bits;
  private final LongPredicate accept;

  private KeptIds(double share, BitSet bits) {
    this.share = share;
    this.bits = bits;
    this.accept = IdSet.of(bits);
  }

  /**
   * Draws a filter.
   *
   * @param size how many vectors there are
   * @param share the part that is kept, above 0 and below 1; at least one vector is
   */
  public static KeptIds random(int size, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("kept share must be in (0, 1), got " + share);
    }
    SplittableRandom random = new SplittableRandom(seed);
    BitSet bits = new BitSet(size);
    for (int id = 0; id < size; id++) {
      if (random.nextDouble() < share) {
        bits.set(id);
      }
    }
    if (bits.isEmpty()) {
      bits.set(random.nextInt(size));
    }
    return new KeptIds(share, bits);
  }

  /** Returns the part that was asked for. */
  public double share() {
    return share;
  }

  /** Returns how many vectors are kept. */
  public int count() {
    return bits.cardinality();
  }

  /** Returns whether a vector is kept. */
  public boolean contains(int id) {
    return bits.get(id);
  }

  /** Returns the filter as a predicate, the same one every time. */
  public LongPredicate accept() {
    return accept;
  }

  /** Returns the kept ids, ascending. */
  public int[] ids() {
    return bits.stream().toArray();
  }
}
