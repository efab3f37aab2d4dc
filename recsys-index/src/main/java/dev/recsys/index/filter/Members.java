package dev.recsys.index.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The constants of a list, to be searched without boxing. Numbers are kept by their value: a
 * floating one that is whole is an integer.
 */
final class Members {
  private static final double TWO_TO_63 = 0x1p63;

  private final long[] integers;
  private final double[] reals;
  private final Set<String> texts = new HashSet<>();
  private final List<Object> others = new ArrayList<>();

  Members(List<?> constants) {
    long[] whole = new long[constants.size()];
    double[] broken = new double[constants.size()];
    int wholes = 0;
    int brokens = 0;
    for (Object constant : constants) {
      if (constant instanceof Long number) {
        whole[wholes++] = number;
      } else if (constant instanceof Double number && isWhole(number)) {
        whole[wholes++] = (long) (double) number;
      } else if (constant instanceof Double number) {
        broken[brokens++] = number;
      } else if (constant instanceof String text) {
        texts.add(text);
      } else {
        others.add(constant);
      }
    }
    this.integers = Arrays.copyOf(whole, wholes);
    this.reals = Arrays.copyOf(broken, brokens);
    Arrays.sort(integers);
    Arrays.sort(reals);
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && number >= -TWO_TO_63 && number < TWO_TO_63;
  }

  boolean contains(Cell cell) {
    return switch (cell.kind) {
      case INTEGER -> Arrays.binarySearch(integers, cell.integer) >= 0;
      case REAL ->
          isWhole(cell.real)
              ? Arrays.binarySearch(integers, (long) cell.real) >= 0
              : Arrays.binarySearch(reals, cell.real) >= 0;
      case TEXT -> texts.contains(cell.text);
      case BOOLEAN -> others.contains(cell.integer == 1);
      case LIST -> containsList(cell);
      case NULL, OUTSIDE, MISSING, OBJECT -> false;
    };
  }

  private boolean containsList(Cell cell) {
    for (Object other : others) {
      if (Scalars.same(other, cell.object)) {
        return true;
      }
    }
    return false;
  }
}
