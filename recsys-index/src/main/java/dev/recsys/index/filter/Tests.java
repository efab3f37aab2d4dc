package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Wanted;
import java.util.BitSet;
import java.util.List;

/** The tests of a row that are short enough to stand together. */
final class Tests {
  private Tests() {}

  /** A test of one value that is false for all but what it looks at, and unknown for null. */
  private abstract static class ValueTest extends RowTest {
    private final Value value;
    private final Cell cell = new Cell();

    ValueTest(Value value) {
      this.value = value;
    }

    @Override
    final int test(int row) {
      value.load(row, cell);
      return cell.kind == Cell.Kind.NULL ? UNKNOWN : of(holds(cell));
    }

    abstract boolean holds(Cell present);
  }

  /** Returns whether a value is one of a list. */
  static RowTest in(Value value, Members members) {
    return new ValueTest(value) {
      @Override
      boolean holds(Cell present) {
        return members.contains(present);
      }
    };
  }

  /** Returns whether a text is one of a list, found by its code. */
  static RowTest in(Columns.Texts column, List<?> texts) {
    BitSet codes = new BitSet();
    for (Object text : texts) {
      int code = column.find((String) text);
      if (code >= 0) {
        codes.set(code);
      }
    }
    return new RowTest() {
      @Override
      int test(int row) {
        return column.isNull(row) ? UNKNOWN : of(codes.get(column.code(row)));
      }
    };
  }

  /** Returns whether a text follows a pattern. */
  static RowTest like(Value value, LikePattern pattern) {
    return new ValueTest(value) {
      @Override
      boolean holds(Cell present) {
        return present.kind == Cell.Kind.TEXT && pattern.matches(present.text);
      }
    };
  }

  /** Returns whether a field is null. */
  static RowTest isNull(Columns.Column column) {
    return new RowTest() {
      @Override
      int test(int row) {
        return of(column.isNull(row));
      }
    };
  }

  /** Returns whether there is something under a key; a field that is null has no keys. */
  static RowTest exists(Value value) {
    return new RowTest() {
      private final Cell cell = new Cell();

      @Override
      int test(int row) {
        value.load(row, cell);
        return of(cell.kind.compareTo(Cell.Kind.MISSING) > 0);
      }
    };
  }

  /** Returns whether a list in JSON has elements. */
  static RowTest contains(Value value, Wanted wanted, List<?> elements) {
    return new ValueTest(value) {
      @Override
      boolean holds(Cell present) {
        boolean all = wanted == Wanted.ALL;
        if (!(present.kind == Cell.Kind.LIST && present.object instanceof List<?> list)) {
          return false;
        }
        for (Object element : elements) {
          if (has(list, element) != all) {
            return !all;
          }
        }
        return all;
      }
    };
  }

  private static boolean has(List<?> list, Object element) {
    for (Object each : list) {
      if (Scalars.same(each, element)) {
        return true;
      }
    }
    return false;
  }
}
