package dev.recsys.index.filter;

import org.roaringbitmap.RoaringBitmap;

/**
 * The rows for which a condition is true and those for which a null leaves it open; for all others
 * it is false. The two are disjoint and may be shared: they are not changed.
 */
record Truth(RoaringBitmap yes, RoaringBitmap unknown) {
  static final Truth NOWHERE = new Truth(new RoaringBitmap(), new RoaringBitmap());

  static Truth known(RoaringBitmap yes) {
    return new Truth(yes, NOWHERE.unknown);
  }
}
