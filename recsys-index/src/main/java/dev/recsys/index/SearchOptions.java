package dev.recsys.index;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.MetricType;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one search and a batch of searches have in common. Not changed once it is in a request;
 * {@link #with} makes the next one.
 */
final class SearchOptions {
  static final int MAX_LIMIT = 16_384;
  static final int MAX_EF = 32_768;
  private static final int MAX_NPROBE = 65_536;
  private static final IdSet NOBODY = IdSet.of();
  static final SearchOptions DEFAULT = new SearchOptions();

  /** Null for the first vector field of the collection. */
  @Nullable String annsField;

  int limit = 10;
  int offset;

  /** 0 leaves the choice to the index. */
  int ef;

  /** 0 leaves the choice to the index. */
  int nprobe;

  IdSet excluded = NOBODY;
  Set<String> excludedTexts = Set.of();
  List<String> outputFields = List.of();
  @Nullable Filter filter;
  ScoreRange range = ScoreRange.ALL;
  @Nullable String groupBy;
  Set<String> partitions = Set.of();
  ConsistencyLevel consistency = ConsistencyLevel.STRONG;
  @Nullable Consumer<SearchWork> observer;

  private SearchOptions() {}

  private SearchOptions(SearchOptions other) {
    annsField = other.annsField;
    limit = other.limit;
    offset = other.offset;
    ef = other.ef;
    nprobe = other.nprobe;
    excluded = other.excluded;
    excludedTexts = other.excludedTexts;
    outputFields = other.outputFields;
    filter = other.filter;
    range = other.range;
    groupBy = other.groupBy;
    partitions = other.partitions;
    consistency = other.consistency;
    observer = other.observer;
  }

  private SearchOptions with(Consumer<SearchOptions> change) {
    SearchOptions copy = new SearchOptions(this);
    change.accept(copy);
    checkWindow(copy.limit, copy.offset);
    return copy;
  }

  SearchOptions withAnnsField(String name) {
    Objects.requireNonNull(name, "name");
    return with(copy -> copy.annsField = name);
  }

  SearchOptions withLimit(int limit) {
    inRange("limit", limit, MAX_LIMIT);
    return with(copy -> copy.limit = limit);
  }

  SearchOptions withOffset(int offset) {
    return with(copy -> copy.offset = offset);
  }

  SearchOptions withEf(int ef) {
    inRange("ef", ef, MAX_EF);
    return with(copy -> copy.ef = ef);
  }

  SearchOptions withNprobe(int nprobe) {
    inRange("nprobe", nprobe, MAX_NPROBE);
    return with(copy -> copy.nprobe = nprobe);
  }

  SearchOptions withPartitions(String... names) {
    return with(copy -> copy.partitions = Set.of(names));
  }

  SearchOptions withConsistency(ConsistencyLevel level) {
    Objects.requireNonNull(level, "level");
    return with(copy -> copy.consistency = level);
  }

  SearchOptions withObserver(Consumer<SearchWork> observer) {
    Objects.requireNonNull(observer, "observer");
    return with(copy -> copy.observer = observer);
  }

  SearchOptions withExcluded(long[] ids) {
    return ids.length == 0 && excluded.size() == 0
        ? this
        : with(copy -> copy.excluded = IdSet.of(ids));
  }

  SearchOptions withExcluded(Collection<String> keys) {
    return with(copy -> copy.excludedTexts = Set.copyOf(keys));
  }

  SearchOptions withOutputFields(List<String> names) {
    return names.equals(outputFields) ? this : with(copy -> copy.outputFields = List.copyOf(names));
  }

  SearchOptions withFilter(Filter filter) {
    return with(copy -> copy.filter = filter.everything() ? null : filter);
  }

  SearchOptions withRadius(float radius) {
    return with(copy -> copy.range = new ScoreRange(radius, range.rangeFilter()));
  }

  SearchOptions withRangeFilter(float rangeFilter) {
    return with(copy -> copy.range = new ScoreRange(range.radius(), rangeFilter));
  }

  SearchOptions withGroupBy(@Nullable String field) {
    return with(copy -> copy.groupBy = field);
  }

  /**
   * Returns the vector field that is searched.
   *
   * @throws IllegalArgumentException if the collection has none of that name
   */
  FieldSchema vectorField(CollectionSchema schema) {
    return annsField == null ? schema.vector() : schema.vector(annsField);
  }

  /** Checks what a schema decides, but the filter and the output fields. */
  void check(CollectionSchema schema, MetricType metric) {
    range.check(metric);
    if (groupBy != null) {
      Grouping.check(schema.field(groupBy));
    }
    if (!partitions.isEmpty()) {
      schema.checkNamesPartitions();
    }
    boolean texts = schema.primaryKey().dataType() == DataType.VARCHAR;
    if (texts ? excluded.size() > 0 : !excludedTexts.isEmpty()) {
      throw new IllegalArgumentException(
          "excluded keys: must be " + (texts ? "texts" : "numbers") + ", as the primary key is");
    }
  }

  static void inRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + ": must lie in 1.." + max + ", received " + value);
    }
  }

  /** Checks that an offset and a limit, which may be 0 for none, lie in what a server looks at. */
  static void checkWindow(int limit, int offset) {
    if (offset < 0 || offset + (long) limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "offset: must lie in 0.."
              + (MAX_LIMIT - limit)
              + " with the limit "
              + limit
              + ", received "
              + offset);
    }
  }
}
