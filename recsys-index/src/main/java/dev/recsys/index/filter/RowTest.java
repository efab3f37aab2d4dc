package dev.recsys.index.filter;

/** A condition on one row, opened over columns for one evaluation; of one thread. */
abstract class RowTest {
  static final int FALSE = 0;
  static final int TRUE = 1;
  static final int UNKNOWN = 2;

  /** Returns {@link #FALSE}, {@link #TRUE} or {@link #UNKNOWN}. */
  abstract int test(int row);

  /** Sets, for rows 0 to {@code rows}, a bit where it is true and one where it is unknown. */
  void scan(int rows, long[] yes, long[] unknown) {
    for (int row = 0; row < rows; row++) {
      long result = test(row);
      yes[row >> 6] |= (result & TRUE) << row;
      unknown[row >> 6] |= (result >> 1) << row;
    }
  }

  static int of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  /** A test before it has columns. */
  interface Plan {
    RowTest open(Columns columns);
  }

  /** The opposite of a test. */
  static RowTest not(RowTest test) {
    return new RowTest() {
      @Override
      int test(int row) {
        int result = test.test(row);
        return result == UNKNOWN ? UNKNOWN : result ^ TRUE;
      }
    };
  }
}
