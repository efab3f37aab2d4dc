package dev.recsys.index;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A query for the entities that satisfy a filter. Immutable; the methods that take a value return a
 * changed copy.
 *
 * <pre>{@code
 * QueryRequest.where("year >= 1990").limit(20).outputFields("title", "year")
 * }</pre>
 */
public final class QueryRequest {
  private final Filter filter;
  private final int limit;
  private final int offset;
  private final List<String> outputFields;
  private final Set<String> partitions;
  private final ConsistencyLevel consistency;

  private QueryRequest(
      Filter filter,
      int limit,
      int offset,
      List<String> outputFields,
      Set<String> partitions,
      ConsistencyLevel consistency) {
    SearchOptions.checkWindow(limit, offset);
    this.filter = filter;
    this.limit = limit;
    this.offset = offset;
    this.outputFields = List.copyOf(outputFields);
    this.partitions = partitions;
    this.consistency = Objects.requireNonNull(consistency, "consistency");
  }

  /** Returns a query for the entities that satisfy a filter. */
  public static QueryRequest where(Filter filter) {
    return new QueryRequest(filter, 0, 0, List.of(), Set.of(), ConsistencyLevel.STRONG);
  }

  /**
   * Returns a query for the entities that satisfy a filter. Values of an application belong into
   * the templates of {@link Filter#parse(String, java.util.Map)}, not into this text.
   *
   * @throws dev.recsys.index.filter.FilterException if the text is not a filter
   */
  public static QueryRequest where(String filter) {
    return where(Filter.parse(filter));
  }

  /** Returns a copy with another filter. */
  QueryRequest filtered(Filter other) {
    return new QueryRequest(other, limit, offset, outputFields, partitions, consistency);
  }

  /** Returns a query for all entities; it needs a {@link #limit}. */
  public static QueryRequest all() {
    return where("");
  }

  /**
   * Returns a copy that finds up to this many entities, 1..16,384 less the offset; all that satisfy
   * the filter unless told.
   */
  public QueryRequest limit(int limit) {
    SearchOptions.inRange("limit", limit, SearchOptions.MAX_LIMIT);
    return new QueryRequest(filter, limit, offset, outputFields, partitions, consistency);
  }

  /** Returns a copy that passes over the first so many entities; it needs a {@link #limit}. */
  public QueryRequest offset(int offset) {
    return new QueryRequest(filter, limit, offset, outputFields, partitions, consistency);
  }

  /**
   * Returns a copy whose rows carry these fields besides the primary key, and no others; {@code
   * "*"} stands for all.
   */
  public QueryRequest outputFields(String... names) {
    return new QueryRequest(filter, limit, offset, List.of(names), partitions, consistency);
  }

  /**
   * Returns a copy that finds only entities of these partitions, each named once; all if none is
   * named.
   */
  public QueryRequest partitions(String... names) {
    return new QueryRequest(filter, limit, offset, outputFields, Set.of(names), consistency);
  }

  /** Returns a copy that sees writes as new as this says; {@code STRONG} unless told. */
  public QueryRequest consistency(ConsistencyLevel level) {
    return new QueryRequest(filter, limit, offset, outputFields, partitions, level);
  }

  /**
   * Returns this request as a collection serves it: {@code "*"} replaced by the fields it stands
   * for, the primary key among the output fields. Backends call it before they query; they bind the
   * filter themselves.
   *
   * @throws IllegalArgumentException if an output field does not exist, or the limit that an offset
   *     or a query for all entities needs is missing, or partitions are named where a partition key
   *     decides
   */
  public QueryRequest conformingTo(CollectionSchema schema) {
    if (limit == 0 && (offset > 0 || filter.everything())) {
      throw new IllegalArgumentException(
          "collection \""
              + schema.name()
              + "\", query: needs a limit, as it has "
              + (offset > 0 ? "an offset" : "no filter"));
    }
    if (!partitions.isEmpty()) {
      schema.checkNamesPartitions();
    }
    List<String> fields = OutputFields.withKey(schema, outputFields);
    return new QueryRequest(filter, limit, offset, fields, partitions, consistency);
  }

  /** Returns the filter, which may be the empty one. */
  public Filter filter() {
    return filter;
  }

  /** Returns how many entities to find, 0 for all. */
  public int limit() {
    return limit;
  }

  /** Returns how many entities to pass over. */
  public int offset() {
    return offset;
  }

  /** Returns the partitions that are looked through, none for all. */
  public Set<String> partitions() {
    return partitions;
  }

  /** Returns how new what the query sees has to be. */
  public ConsistencyLevel consistency() {
    return consistency;
  }

  /** Returns the fields that rows carry, as they were named. */
  public List<String> outputFields() {
    return outputFields;
  }

  @Override
  public String toString() {
    return "where " + filter + ", limit " + limit + ", offset " + offset;
  }
}
