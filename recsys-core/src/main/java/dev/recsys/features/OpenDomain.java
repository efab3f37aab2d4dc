package dev.recsys.features;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** Any single value; which ones have a row is learned from the data. */
record OpenDomain() implements Domain {
  /** Ages and codes, which every request has. */
  private static final List<String> SMALL =
      IntStream.range(0, 128).mapToObj(Integer::toString).toList();

  @Override
  public String canonical(String attribute, Object value) {
    String text = text(value);
    if (text.isEmpty() || value instanceof Iterable) {
      throw Domain.refusal(attribute, "a single value that is not empty", value);
    }
    return text;
  }

  /** Returns a value as text, so that 10, 10L, 10.0 and " 10 " are all the same value. */
  static String text(Object value) {
    if (value instanceof Integer small && small >= 0 && small < SMALL.size()) {
      return SMALL.get(small);
    }
    if (value instanceof Number number && !(value instanceof Integer || value instanceof Long)) {
      return Double.isFinite(number.doubleValue())
          ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
          : value.toString();
    }
    return value.toString().strip();
  }
}
