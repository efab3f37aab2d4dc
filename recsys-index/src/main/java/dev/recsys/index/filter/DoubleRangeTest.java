package dev.recsys.index.filter;

/** Whether a floating number lies in a range, both ends in it; NaN never does. */
final class DoubleRangeTest extends RowTest {
  private final Columns.Doubles column;
  private final double low;
  private final double high;

  DoubleRangeTest(Columns.Doubles column, double low, double high) {
    this.column = column;
    this.low = low;
    this.high = high;
  }

  /** Returns the test of a comparison with a constant, other than not-equal. */
  static DoubleRangeTest of(Columns.Doubles column, Comparison comparison, double bound) {
    return switch (comparison) {
      case EQUAL -> new DoubleRangeTest(column, bound, bound);
      case LESS_EQUAL -> new DoubleRangeTest(column, Double.NEGATIVE_INFINITY, bound);
      case LESS -> new DoubleRangeTest(column, Double.NEGATIVE_INFINITY, Math.nextDown(bound));
      case GREATER_EQUAL -> new DoubleRangeTest(column, bound, Double.POSITIVE_INFINITY);
      case GREATER -> new DoubleRangeTest(column, Math.nextUp(bound), Double.POSITIVE_INFINITY);
      case NOT_EQUAL -> throw new IllegalArgumentException("not-equal is no range");
    };
  }

  /** Returns the range that is in both. */
  DoubleRangeTest and(DoubleRangeTest other) {
    return new DoubleRangeTest(column, Math.max(low, other.low), Math.min(high, other.high));
  }

  @Override
  int test(int row) {
    if (column.isNull(row)) {
      return UNKNOWN;
    }
    double value = column.get(row);
    return of(value >= low && value <= high);
  }

  /** As {@link RowTest#scan}, a word at a time. */
  @Override
  void scan(int rows, long[] yes, long[] unknown) {
    if (!column.nulls().isEmpty()) {
      super.scan(rows, yes, unknown);
      return;
    }
    for (int from = 0; from < rows; from += Long.SIZE) {
      int to = Math.min(rows, from + Long.SIZE);
      long word = 0;
      for (int row = from; row < to; row++) {
        double value = column.get(row);
        word |= (value >= low && value <= high ? 1L : 0L) << row;
      }
      yes[from >> 6] = word;
    }
  }
}
