package dev.recsys.index.filter;

import org.roaringbitmap.RoaringBitmap;

/**
 * A filter that fits a schema. Immutable and safe for many threads; what it costs to bind is paid
 * once.
 */
public final class BoundFilter {
  private final Filter filter;
  private final Condition condition;

  BoundFilter(Filter filter, Condition condition) {
    this.filter = filter;
    this.condition = condition;
  }

  /** Returns the filter that was bound. */
  public Filter filter() {
    return filter;
  }

  /**
   * Returns the rows that satisfy the filter; the bitmap is the caller's own.
   *
   * @param columns the columns of a collection of the schema
   */
  public RoaringBitmap rows(Columns columns) {
    return rows(columns, columns.rows());
  }

  /**
   * Returns those of the candidates that satisfy the filter; the bitmap is the caller's own. Fewer
   * candidates cost less.
   *
   * @param candidates rows that hold an entity; not changed
   */
  public RoaringBitmap rows(Columns columns, RoaringBitmap candidates) {
    return condition.evaluate(columns, candidates).yes().clone();
  }

  @Override
  public String toString() {
    return filter.toString();
  }
}
