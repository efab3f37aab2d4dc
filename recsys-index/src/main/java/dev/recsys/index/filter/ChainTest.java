package dev.recsys.index.filter;

/** Compares one value of a row with two others; false if either comparison is. */
final class ChainTest extends RowTest {
  private final Comparison left;
  private final Comparison right;
  private final Value[] values;
  private final Cell[] cells = {new Cell(), new Cell(), new Cell()};

  ChainTest(Comparison left, Comparison right, Value... values) {
    this.left = left;
    this.right = right;
    this.values = values;
  }

  @Override
  int test(int row) {
    for (int i = 0; i < values.length; i++) {
      values[i].load(row, cells[i]);
    }
    int first = CompareTest.compare(left, cells[0], cells[1]);
    int second = CompareTest.compare(right, cells[1], cells[2]);
    return first == FALSE || second == FALSE ? FALSE : Math.max(first, second);
  }
}
