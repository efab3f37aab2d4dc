package dev.recsys.index.filter;

import java.util.Arrays;

/** Floating numbers, each in 64 bits; the two zeros are values of their own in the index. */
final class DoubleColumn extends MemoryColumn implements Columns.Doubles {
  private final Groups groups = new Groups();
  private double[] values = {};

  @Override
  void grow(int rows) {
    values = Arrays.copyOf(values, rows);
  }

  @Override
  void put(int row, Object value) {
    values[row] = ((Number) value).doubleValue();
    groups.add(Double.doubleToLongBits(values[row]), row);
  }

  @Override
  void take(int row) {
    groups.remove(Double.doubleToLongBits(values[row]), row);
  }

  @Override
  Groups index() {
    return groups;
  }

  @Override
  public double get(int row) {
    return values[row];
  }
}
