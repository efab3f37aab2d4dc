package dev.recsys.index.filter;

import java.util.Arrays;

/** Integers, each in 64 bits. */
final class LongColumn extends MemoryColumn implements Columns.Longs {
  private final Groups groups = new Groups();
  private long[] values = {};

  @Override
  void grow(int rows) {
    values = Arrays.copyOf(values, rows);
  }

  @Override
  void put(int row, Object value) {
    values[row] = ((Number) value).longValue();
    groups.add(values[row], row);
  }

  @Override
  void take(int row) {
    groups.remove(values[row], row);
  }

  @Override
  Groups index() {
    return groups;
  }

  @Override
  public long get(int row) {
    return values[row];
  }
}
