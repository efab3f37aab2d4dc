package dev.recsys.index.filter;

import dev.recsys.index.filter.Expr.Wanted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the array of a row has elements, read one by one. */
final class ElementTest extends RowTest {
  private final Columns.Lists arrays;
  private final Wanted wanted;
  private final List<@Nullable Object> elements;

  ElementTest(Columns.Lists arrays, Wanted wanted, List<@Nullable Object> elements) {
    this.arrays = arrays;
    this.wanted = wanted;
    this.elements = elements;
  }

  @Override
  int test(int row) {
    if (arrays.isNull(row)) {
      return UNKNOWN;
    }
    boolean all = wanted == Wanted.ALL;
    for (Object element : elements) {
      if (has(row, element) != all) {
        return of(!all);
      }
    }
    return of(all);
  }

  private boolean has(int row, @Nullable Object element) {
    int length = element == null ? 0 : arrays.length(row);
    for (int i = 0; i < length; i++) {
      if (arrays.get(row, i).equals(element)) {
        return true;
      }
    }
    return false;
  }
}
