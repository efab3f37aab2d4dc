package dev.recsys.index.embedded;

import dev.recsys.index.ann.IdSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The rows that a filter has found in some version of the contents. Safe for many threads. */
final class Selection {
  /** What no version of any contents has. */
  static final Selection NONE = new Selection(-1, new RoaringBitmap());

  private final long version;
  private final RoaringBitmap rows;
  private volatile @Nullable IdSet ids;

  Selection(Contents contents, RoaringBitmap rows) {
    this(contents.version(), rows);
  }

  private Selection(long version, RoaringBitmap rows) {
    this.version = version;
    this.rows = rows;
  }

  long version() {
    return version;
  }

  /** Returns the rows, which are not to be changed. */
  RoaringBitmap rows() {
    return rows;
  }

  int size() {
    return rows.getCardinality();
  }

  /** Returns the ids of the rows in the index of vectors; they are collected once. */
  IdSet ids(Contents contents) {
    IdSet known = ids;
    if (known == null) {
      known = contents.vectorIds(rows);
      ids = known;
    }
    return known;
  }
}
