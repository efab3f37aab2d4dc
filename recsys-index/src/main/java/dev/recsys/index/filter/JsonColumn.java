package dev.recsys.index.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of JSON, as the schema's canonical form has them. */
final class JsonColumn extends MemoryColumn implements Columns.Json {
  private @Nullable Object[] values = {};

  @Override
  void grow(int rows) {
    values = Arrays.copyOf(values, rows);
  }

  @Override
  void put(int row, Object value) {
    values[row] = value;
  }

  @Override
  void take(int row) {
    values[row] = null;
  }

  @Override
  @Nullable Groups index() {
    return null;
  }

  @Override
  public @Nullable Object get(int row) {
    return values[row];
  }
}
