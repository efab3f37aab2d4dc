package dev.recsys.index.filter;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Arrays of one scalar type: each element kept once, rows by codes, and the rows of each element.
 */
final class ArrayColumn extends MemoryColumn implements Columns.Lists {
  private static final int[] NONE = {};

  private final Groups byElement = new Groups();
  private final Dictionary dictionary = new Dictionary();
  private int[][] codes = {};

  @Override
  void grow(int rows) {
    int from = codes.length;
    codes = Arrays.copyOf(codes, rows);
    Arrays.fill(codes, from, rows, NONE);
  }

  @Override
  void put(int row, Object value) {
    List<?> elements = (List<?>) value;
    int[] coded = elements.isEmpty() ? NONE : new int[elements.size()];
    for (int i = 0; i < coded.length; i++) {
      coded[i] = dictionary.use(element(elements.get(i)));
      byElement.add(coded[i], row);
    }
    codes[row] = coded;
  }

  /** Returns the value in the class in which columns hold it; there is one zero. */
  private static Object element(Object value) {
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue() + 0.0;
    }
    return value instanceof Number number ? (Object) number.longValue() : value;
  }

  @Override
  void take(int row) {
    for (int code : codes[row]) {
      byElement.remove(code, row);
    }
    for (int code : codes[row]) {
      dictionary.release(code);
    }
    codes[row] = NONE;
  }

  @Override
  @Nullable Groups index() {
    return null;
  }

  @Override
  public int length(int row) {
    return codes[row].length;
  }

  @Override
  public Object get(int row, int index) {
    return dictionary.get(codes[row][index]);
  }

  @Override
  public @Nullable RoaringBitmap with(Object element) {
    if (!byElement.kept()) {
      return null;
    }
    int code = dictionary.find(element);
    return code < 0 ? Truth.NOWHERE.yes() : byElement.rows(code);
  }
}
