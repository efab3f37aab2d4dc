package dev.recsys.index.filter;

import org.jspecify.annotations.Nullable;

/**
 * The comparison of a whole column of numbers with a constant, as a range.
 *
 * @param whole whether the column is of integers, and the bound a Long
 */
record RangePlan(String field, boolean whole, Comparison comparison, Number bound)
    implements RowTest.Plan {

  /** Returns the range of a comparison, null if it is not the same as one. */
  static @Nullable RangePlan of(Operand column, Comparison comparison, Operand constant) {
    String field = column.field();
    if (field == null || comparison == Comparison.NOT_EQUAL) {
      return null;
    }
    boolean whole = column.type() == ValueType.INTEGER;
    if (!whole && !column.type().number()) {
      return null;
    }
    return constant.constant() instanceof Number bound && fits(whole, bound)
        ? new RangePlan(field, whole, comparison, bound)
        : null;
  }

  /** Returns whether no bound is rounded on the way to the type of the column. */
  private static boolean fits(boolean whole, Number bound) {
    return bound instanceof Long number
        ? whole || Scalars.compare((long) number, (double) (long) number) == 0
        : !whole;
  }

  @Override
  public RowTest open(Columns columns) {
    return whole ? longs(columns) : doubles(columns);
  }

  /** Opens the range that is in this and another one of the same column. */
  RowTest open(Columns columns, RangePlan other) {
    return whole
        ? longs(columns).and(other.longs(columns))
        : doubles(columns).and(other.doubles(columns));
  }

  private LongRangeTest longs(Columns columns) {
    Columns.Longs column = (Columns.Longs) columns.column(field);
    return LongRangeTest.of(column, comparison, bound.longValue());
  }

  private DoubleRangeTest doubles(Columns columns) {
    Columns.Doubles column = (Columns.Doubles) columns.column(field);
    return DoubleRangeTest.of(column, comparison, bound.doubleValue());
  }
}
