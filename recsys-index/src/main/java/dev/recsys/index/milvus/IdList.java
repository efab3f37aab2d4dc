package dev.recsys.index.milvus;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Primary keys as the server's expressions write them. */
final class IdList {
  private IdList() {}

  /** Returns the condition that a field has one of the values, which may be none. */
  static String in(String field, long... ids) {
    return field + " in " + list(ids);
  }

  /** Returns the condition that a field has none of the values. */
  static String notIn(String field, long... ids) {
    return field + " not in " + list(ids);
  }

  private static String list(long[] ids) {
    return LongStream.of(ids).mapToObj(IdList::literal).collect(Collectors.joining(",", "[", "]"));
  }

  /** The server reads a sign and a number apart, and the number without it would be too large. */
  private static String literal(long id) {
    return id == Long.MIN_VALUE ? "-9223372036854775807 - 1" : Long.toString(id);
  }
}
