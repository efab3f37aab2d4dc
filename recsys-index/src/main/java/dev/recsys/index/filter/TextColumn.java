package dev.recsys.index.filter;

import java.util.Arrays;

/** Texts, each kept once, rows by their code. */
final class TextColumn extends MemoryColumn implements Columns.Texts {
  private final Groups groups = new Groups();
  private final Dictionary dictionary = new Dictionary();
  private int[] codes = {};

  @Override
  void grow(int rows) {
    int from = codes.length;
    codes = Arrays.copyOf(codes, rows);
    Arrays.fill(codes, from, rows, -1);
  }

  @Override
  void put(int row, Object value) {
    codes[row] = dictionary.use(value);
    groups.add(codes[row], row);
  }

  @Override
  void take(int row) {
    groups.remove(codes[row], row);
    dictionary.release(codes[row]);
    codes[row] = -1;
  }

  @Override
  Groups index() {
    return groups;
  }

  @Override
  public String get(int row) {
    // a row without an entity may be asked for
    return codes[row] < 0 ? "" : (String) dictionary.get(codes[row]);
  }

  @Override
  public int code(int row) {
    return Math.max(0, codes[row]);
  }

  @Override
  public int find(String text) {
    return dictionary.find(text);
  }
}
