package dev.recsys.index;

import java.util.List;

/** What one search and a batch of searches have in common; ef 0 leaves the choice to the index. */
record SearchOptions(int limit, int ef, IdSet excluded, List<String> outputFields) {
  static final int MAX_LIMIT = 16_384;
  static final int MAX_EF = 32_768;
  static final SearchOptions DEFAULT = new SearchOptions(10, 0, IdSet.of(), List.of());

  SearchOptions withLimit(int newLimit) {
    inRange("limit", newLimit, MAX_LIMIT);
    return new SearchOptions(newLimit, ef, excluded, outputFields);
  }

  SearchOptions withEf(int newEf) {
    inRange("ef", newEf, MAX_EF);
    return new SearchOptions(limit, newEf, excluded, outputFields);
  }

  SearchOptions withExcluded(long[] ids) {
    return new SearchOptions(limit, ef, IdSet.of(ids), outputFields);
  }

  SearchOptions withOutputFields(String[] names) {
    return new SearchOptions(limit, ef, excluded, List.of(names));
  }

  static void inRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + ": must lie in 1.." + max + ", received " + value);
    }
  }
}
