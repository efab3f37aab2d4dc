package dev.recsys.index.milvus;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import java.util.Collection;
import java.util.stream.Collectors;

/** Conditions on the primary key as the server's expressions write them; texts are escaped. */
final class KeyList {
  private KeyList() {}

  /** Returns the condition that the primary key is one of some, which may be none. */
  static String in(CollectionSchema schema, Collection<?> keys) {
    return schema.primaryKey().name() + " in " + list(schema, keys);
  }

  /** Returns the condition that the primary key is none of some. */
  static String notIn(CollectionSchema schema, Collection<?> keys) {
    return schema.primaryKey().name() + " not in " + list(schema, keys);
  }

  private static String list(CollectionSchema schema, Collection<?> keys) {
    boolean texts = schema.primaryKey().dataType() == DataType.VARCHAR;
    return keys.stream()
        .map(key -> texts ? text((String) key) : number((long) key))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Filters know how to write a text; what stands before it is cut off again. */
  private static String text(String key) {
    String start = "k == ";
    String filter = Filter.field("k").eq(key).toString();
    return filter.substring(start.length());
  }

  /** The server reads a sign and a number apart, and the number without it would be too large. */
  private static String number(long key) {
    return key == Long.MIN_VALUE ? "-9223372036854775807 - 1" : Long.toString(key);
  }
}
