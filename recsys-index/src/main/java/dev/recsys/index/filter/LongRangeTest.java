package dev.recsys.index.filter;

/** Whether an integer lies in a range, both ends in it; nothing does if the ends are crossed. */
final class LongRangeTest extends RowTest {
  private final Columns.Longs column;
  private final long low;
  private final long high;

  LongRangeTest(Columns.Longs column, long low, long high) {
    this.column = column;
    this.low = low;
    this.high = high;
  }

  /** Returns the test of a comparison with a constant, other than not-equal. */
  static LongRangeTest of(Columns.Longs column, Comparison comparison, long bound) {
    return switch (comparison) {
      case EQUAL -> new LongRangeTest(column, bound, bound);
      case LESS_EQUAL -> new LongRangeTest(column, Long.MIN_VALUE, bound);
      case GREATER_EQUAL -> new LongRangeTest(column, bound, Long.MAX_VALUE);
      case LESS ->
          bound == Long.MIN_VALUE
              ? new LongRangeTest(column, 0, -1)
              : new LongRangeTest(column, Long.MIN_VALUE, bound - 1);
      case GREATER ->
          bound == Long.MAX_VALUE
              ? new LongRangeTest(column, 0, -1)
              : new LongRangeTest(column, bound + 1, Long.MAX_VALUE);
      case NOT_EQUAL -> throw new IllegalArgumentException("not-equal is no range");
    };
  }

  /** Returns the range that is in both. */
  LongRangeTest and(LongRangeTest other) {
    return new LongRangeTest(column, Math.max(low, other.low), Math.min(high, other.high));
  }

  @Override
  int test(int row) {
    if (column.isNull(row)) {
      return UNKNOWN;
    }
    long value = column.get(row);
    return of(value >= low && value <= high);
  }

  /** As {@link RowTest#scan}, without a branch for each row. */
  @Override
  void scan(int rows, long[] yes, long[] unknown) {
    if (low > high || !column.nulls().isEmpty()) {
      super.scan(rows, yes, unknown);
      return;
    }
    long width = high - low;
    for (int from = 0; from < rows; from += Long.SIZE) {
      int to = Math.min(rows, from + Long.SIZE);
      long word = 0;
      for (int row = from; row < to; row++) {
        // one unsigned comparison is true for a value between the ends
        long inside = Long.compareUnsigned(column.get(row) - low, width) <= 0 ? 1 : 0;
        word |= inside << row;
      }
      yes[from >> 6] = word;
    }
  }
}
