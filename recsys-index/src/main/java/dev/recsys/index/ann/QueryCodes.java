package dev.recsys.index.ann;

import java.util.Arrays;

/**
 * A query in 16-bit codes, and how its products with those of a group of vectors are added up:
 * segment by segment, each segment's sum shifted to the right, until no vector can reach what is
 * needed. Written by {@link CodedQuery}, read by the kernels.
 */
final class QueryCodes {
  short[] codes = {};
  int components;

  /** How many segments there are to add up, in that order. */
  int steps;

  int[] order = {};

  /** By how many bits the sum of each step is shifted. */
  int[] shifts = {};

  /** The first step after which the sums may end, {@link #steps} for none. */
  int firstEnd;

  /** The sum that some vector must have after each such step for the next to be taken. */
  int[] least = {};

  /** Makes room, and takes all segments one after the other, unshifted, to the end. */
  void begin(int size) {
    int segments = Kernels.segments(size);
    components = size;
    steps = segments;
    firstEnd = segments;
    if (codes.length < size || order.length < segments) {
      codes = new short[size];
      order = new int[segments];
      shifts = new int[segments];
      least = new int[segments];
    }
    Arrays.fill(shifts, 0);
    inOrderOfMemory();
  }

  /** Takes the segments in the order in which they lie. */
  void inOrderOfMemory() {
    for (int s = 0; s < steps; s++) {
      order[s] = s;
    }
  }

  /** Returns where the segment of a step begins. */
  int from(int step) {
    return order[step] * Kernels.CODE_SEGMENT;
  }

  /** Returns where the segment of a step ends. */
  int to(int step) {
    return Math.min(components, (order[step] + 1) * Kernels.CODE_SEGMENT);
  }

  /** Returns whether the sums may end after a step, so that the greatest has to be known. */
  boolean mayEndAfter(int step) {
    return step >= firstEnd && step < steps - 1;
  }
}
