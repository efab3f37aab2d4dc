package dev.recsys.index.embedded;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of each partition; whatever is in no other is in the default one. Not safe for threads
 * by itself, as {@link Contents} says.
 */
final class Partitions {
  /** The partition that is always there. */
  static final String DEFAULT = "_default";

  private final Map<String, RoaringBitmap> named = new TreeMap<>();

  Partitions(Collection<String> names) {
    names.forEach(this::create);
  }

  void create(String name) {
    named.put(name, new RoaringBitmap());
  }

  boolean has(String name) {
    return name.equals(DEFAULT) || named.containsKey(name);
  }

  void drop(String name) {
    named.remove(name);
  }

  /** Puts a row, which may be in another partition, into one. */
  void put(int row, String name) {
    remove(row);
    if (!name.equals(DEFAULT)) {
      named(name).add(row);
    }
  }

  void remove(int row) {
    named.values().forEach(rows -> rows.remove(row));
  }

  /**
   * Returns the rows of some partitions, of all if none is named.
   *
   * @param all the rows of all partitions
   */
  RoaringBitmap rows(Collection<String> names, RoaringBitmap all) {
    if (names.isEmpty()) {
      return all;
    }
    RoaringBitmap found = new RoaringBitmap();
    for (String name : names) {
      found.or(name.equals(DEFAULT) ? rest(all) : named(name));
    }
    return found;
  }

  private RoaringBitmap named(String name) {
    return Objects.requireNonNull(named.get(name));
  }

  private RoaringBitmap rest(RoaringBitmap all) {
    RoaringBitmap rest = all.clone();
    named.values().forEach(rest::andNot);
    return rest;
  }

  /** Returns how many rows each partition has. */
  Map<String, Long> counts(RoaringBitmap all) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put(DEFAULT, rest(all).getLongCardinality());
    named.forEach((name, rows) -> counts.put(name, rows.getLongCardinality()));
    return counts;
  }
}
