package dev.recsys.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Values and their rows in an embedding table. Row 0 is everything unknown; known values have rows
 * from 1 on, in the order of {@link String#compareTo}, so that the same values get the same rows
 * however they were collected. Immutable and safe for many threads.
 */
public final class Vocabulary {
  private final List<String> values;
  private final Map<String, Integer> rows;

  private Vocabulary(List<String> values) {
    this.values = List.copyOf(values);
    this.rows = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      rows.put(values.get(i), i + 1);
    }
  }

  /** Returns the vocabulary of these values; duplicates count once. */
  public static Vocabulary of(Collection<String> values) {
    List<String> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return new Vocabulary(new ArrayList<>(new LinkedHashSet<>(sorted)));
  }

  /** Returns the row of a value, 0 when it is unknown. */
  public int row(String value) {
    Integer row = rows.get(value);
    return row == null ? 0 : row;
  }

  /** Returns the number of rows, including row 0. */
  public int size() {
    return values.size() + 1;
  }

  /**
   * Returns the value of a row.
   *
   * @throws IllegalArgumentException when the row is not in [1, size)
   */
  public String value(int row) {
    if (row < 1 || row >= size()) {
      throw new IllegalArgumentException("row must be in [1, " + size() + "), not " + row);
    }
    return values.get(row - 1);
  }

  /** Returns the known values, sorted; the value of row r is at r - 1. */
  public List<String> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return size() + " rows";
  }
}
