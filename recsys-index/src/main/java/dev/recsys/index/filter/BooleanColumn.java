package dev.recsys.index.filter;

import java.util.BitSet;

/** Truth values, each in a bit. */
final class BooleanColumn extends MemoryColumn implements Columns.Booleans {
  private final Groups groups = new Groups();
  private final BitSet values = new BitSet();

  @Override
  void grow(int rows) {}

  @Override
  void put(int row, Object value) {
    values.set(row, (Boolean) value);
    groups.add(values.get(row) ? 1 : 0, row);
  }

  @Override
  void take(int row) {
    groups.remove(values.get(row) ? 1 : 0, row);
  }

  @Override
  Groups index() {
    return groups;
  }

  @Override
  public boolean get(int row) {
    return values.get(row);
  }
}
