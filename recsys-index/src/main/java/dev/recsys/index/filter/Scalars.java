package dev.recsys.index.filter;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exact comparison of single values. */
final class Scalars {
  private static final double TWO_TO_63 = 0x1p63;

  private Scalars() {}

  /** Compares by the mathematical values: no integer is rounded to a double. */
  static int compare(long integer, double real) {
    if (Double.isNaN(real)) {
      return Cell.INCOMPARABLE;
    }
    if (real >= TWO_TO_63) {
      return -1;
    }
    if (real < -TWO_TO_63) {
      return 1;
    }
    long whole = (long) real;
    return integer != whole
        ? Long.compare(integer, whole)
        : Double.compare(0.0, real - whole + 0.0);
  }

  /** Compares as IEEE 754 does: the zeros are equal, and NaN is comparable with nothing. */
  static int compare(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    return left == right ? 0 : Cell.INCOMPARABLE;
  }

  /** Compares texts by code points, which is how their bytes in UTF-8 compare. */
  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
        // a half of a pair stands for a code point above all that one char can hold
        return pairs ? (Character.isSurrogate(a) ? 1 : -1) : a - b;
      }
    }
    return left.length() - right.length();
  }

  /**
   * Returns whether two constants or values of JSON are the same; numbers by their value, objects
   * never.
   */
  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return sameElements(a, b);
    }
    if (left instanceof Long a && right instanceof Double b) {
      return compare((long) a, (double) b) == 0;
    }
    if (left instanceof Double a && right instanceof Long b) {
      return compare((long) b, (double) a) == 0;
    }
    if (left instanceof Double a && right instanceof Double b) {
      return (double) a == (double) b;
    }
    return left != null && !(left instanceof Map) && left.equals(right);
  }

  private static boolean sameElements(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    for (Object element : left) {
      if (!same(element, others.next())) {
        return false;
      }
    }
    return true;
  }
}
