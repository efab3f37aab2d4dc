package dev.recsys.index.filter;

/** Compares two values of a row. */
final class CompareTest extends RowTest {
  private final Comparison comparison;
  private final Value left;
  private final Value right;
  private final Cell first = new Cell();
  private final Cell second = new Cell();

  CompareTest(Comparison comparison, Value left, Value right) {
    this.comparison = comparison;
    this.left = left;
    this.right = right;
  }

  @Override
  int test(int row) {
    left.load(row, first);
    right.load(row, second);
    return compare(comparison, first, second);
  }

  /** Compares what two cells hold. */
  static int compare(Comparison comparison, Cell left, Cell right) {
    Cell.Kind worse = left.kind.compareTo(right.kind) < 0 ? left.kind : right.kind;
    return switch (worse) {
      case NULL -> UNKNOWN;
      case OUTSIDE -> FALSE;
      case MISSING -> of(comparison == Comparison.NOT_EQUAL);
      default -> {
        // truth values and lists are equal or not, and have no order
        boolean ordered = left.isNumber() || left.kind == Cell.Kind.TEXT;
        int order = comparison.ordering() && !ordered ? Cell.INCOMPARABLE : Cell.order(left, right);
        yield of(
            order == Cell.INCOMPARABLE
                ? comparison == Comparison.NOT_EQUAL
                : comparison.holds(order));
      }
    };
  }
}
