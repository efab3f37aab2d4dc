package dev.recsys.index;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A search for the entities nearest to a vector. Immutable; the methods that take a value return a
 * changed copy.
 *
 * <pre>{@code
 * SearchRequest.nearest(query).limit(5).filter("year >= 1990").outputFields("title")
 * }</pre>
 */
public final class SearchRequest {
  private final float[] vector;
  private final SearchOptions options;

  private SearchRequest(float[] vector, SearchOptions options) {
    this.vector = vector;
    this.options = options;
  }

  private SearchRequest with(SearchOptions changed) {
    return changed == options ? this : new SearchRequest(vector, changed);
  }

  /** Returns a search for the 10 entities nearest to a vector. */
  public static SearchRequest nearest(float[] vector) {
    return new SearchRequest(vector.clone(), SearchOptions.DEFAULT);
  }

  /**
   * Returns a copy for another vector that keeps the array itself, which must not be changed until
   * the answer is there: it saves what asks very often a copy of each.
   */
  public SearchRequest sharing(float[] other) {
    return new SearchRequest(other, options);
  }

  /**
   * Returns a search for the 10 entities nearest to each vector.
   *
   * @throws IllegalArgumentException if there are more than 16,384 vectors, or none
   */
  public static Batch nearestAll(List<float[]> vectors) {
    SearchOptions.inRange("number of vectors", vectors.size(), SearchOptions.MAX_LIMIT);
    return new Batch(
        vectors.stream().map(float[]::clone).toList(), List.of(), SearchOptions.DEFAULT);
  }

  /**
   * Returns a search for the 10 entities nearest to each of some that are stored, which are
   * themselves among them. Their vectors are looked up when the collection is searched.
   *
   * @throws IllegalArgumentException if there are more than 16,384 ids, or none
   */
  public static Batch nearestTo(long... ids) {
    return Batch.of(LongStream.of(ids).boxed().toList());
  }

  /** As {@link #nearestTo(long...)}, of a collection whose primary key is VARCHAR. */
  public static Batch nearestTo(Collection<String> keys) {
    return Batch.of(List.copyOf(keys));
  }

  /**
   * Returns a copy that compares the vectors of this field; those of the vector field that was
   * declared first unless told.
   */
  public SearchRequest annsField(String name) {
    return with(options.withAnnsField(name));
  }

  /** Returns a copy that finds up to this many entities, 1..16,384; 10 unless told. */
  public SearchRequest limit(int limit) {
    return with(options.withLimit(limit));
  }

  /**
   * Returns a copy that passes over the nearest so many entities; with the limit at most 16,384.
   */
  public SearchRequest offset(int offset) {
    return with(options.withOffset(offset));
  }

  /**
   * Returns a copy that lets a graph keep this many candidates, 1..32,768: more find better and
   * slower. At least the limit is kept; an exact index takes no notice.
   */
  public SearchRequest ef(int ef) {
    return with(options.withEf(ef));
  }

  /**
   * Returns a copy that lets an inverted file look into this many of its lists, 1..65,536: more
   * find better and slower. Other indexes take no notice, nor does a store in process.
   */
  public SearchRequest nprobe(int nprobe) {
    return with(options.withNprobe(nprobe));
  }

  /**
   * Returns a copy that finds only entities of these partitions, each named once; all if none is
   * named.
   */
  public SearchRequest partitions(String... names) {
    return with(options.withPartitions(names));
  }

  /** Returns a copy that sees writes as new as this says; {@code STRONG} unless told. */
  public SearchRequest consistency(ConsistencyLevel level) {
    return with(options.withConsistency(level));
  }

  /**
   * Returns a copy that tells what it took, in the thread that searches, before the result is
   * returned: once, or more often where the range or groups make it look farther. A server does not
   * say what it took: there nobody is told.
   */
  public SearchRequest observing(Consumer<SearchWork> observer) {
    return with(options.withObserver(observer));
  }

  /** Returns a copy that finds only entities that satisfy a filter, instead of the one before. */
  public SearchRequest filter(Filter filter) {
    return with(options.withFilter(filter));
  }

  /**
   * Returns a copy that finds only entities that satisfy a filter. Values of an application belong
   * into the templates of {@link Filter#parse(String, java.util.Map)}, not into this text.
   *
   * @throws dev.recsys.index.filter.FilterException if the text is not a filter
   */
  public SearchRequest filter(String filter) {
    return filter(Filter.parse(filter));
  }

  /** Returns a copy that never finds these entities, instead of those named before. */
  public SearchRequest excluding(long... ids) {
    return with(options.withExcluded(ids));
  }

  /** As {@link #excluding(long...)}, of a collection whose primary key is VARCHAR. */
  public SearchRequest excluding(Collection<String> keys) {
    return with(options.withExcluded(keys));
  }

  /**
   * Returns a copy that finds only entities nearer than this score: greater ones under IP and
   * COSINE, smaller ones under L2.
   */
  public SearchRequest radius(float radius) {
    return with(options.withRadius(radius));
  }

  /**
   * Returns a copy that finds only entities whose score is this or farther; needs a {@link
   * #radius}, which must be farther still.
   */
  public SearchRequest rangeFilter(float rangeFilter) {
    return with(options.withRangeFilter(rangeFilter));
  }

  /**
   * Returns a copy that finds the nearest entity of each value of a field only, so that limit and
   * offset count values; null is one of them. Among the 16,384 nearest entities, no farther.
   *
   * @param field of type BOOL, INT8 to INT64 or VARCHAR
   */
  public SearchRequest groupBy(String field) {
    return with(options.withGroupBy(Objects.requireNonNull(field, "field")));
  }

  /** Returns a copy that does not group. */
  SearchRequest ungrouped() {
    return with(options.withGroupBy(null));
  }

  /** Returns a copy whose hits carry these fields; {@code "*"} stands for all. */
  public SearchRequest outputFields(String... names) {
    return with(options.withOutputFields(List.of(names)));
  }

  /**
   * Returns this request as a collection serves it: the vector checked, {@code "*"} replaced by the
   * fields it stands for. Backends call it before they search; they bind the filter themselves.
   *
   * @throws IllegalArgumentException if there is no such vector field, the vector is not one of it,
   *     an output field does not exist, keys of another type are excluded, nothing can lie in the
   *     range, or partitions are named where a partition key decides
   */
  public SearchRequest conformingTo(VectorCollection collection) {
    CollectionSchema schema = collection.schema();
    try {
      FieldSchema field = options.vectorField(schema);
      field.check(vector);
      options.check(schema, collection.indexParams(field.name()).metric());
      return with(options.withOutputFields(OutputFields.of(schema, options.outputFields)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\", search: " + e.getMessage(), e);
    }
  }

  /**
   * Returns what this request finds, grouped if it says so. Backends call it with what answers a
   * request that does not group.
   */
  public List<Hit> answeredBy(Function<SearchRequest, List<Hit>> search) {
    return Grouping.search(this, search);
  }

  /** Returns a copy of the vector. */
  public float[] vector() {
    return vector.clone();
  }

  /** Returns the vector itself, for backends, which only read it. */
  public float[] sharedVector() {
    return vector;
  }

  /**
   * Returns the vector field to search.
   *
   * @throws IllegalArgumentException if there is no such vector field
   */
  public FieldSchema vectorField(CollectionSchema schema) {
    return options.vectorField(schema);
  }

  /** Returns how many entities to find. */
  public int limit() {
    return options.limit;
  }

  /** Returns how many entities to pass over. */
  public int offset() {
    return options.offset;
  }

  /** Returns how many candidates a graph keeps, 0 where that is left to the index. */
  public int ef() {
    return options.ef;
  }

  /** Returns how many lists an inverted file looks into, 0 where that is left to the index. */
  public int nprobe() {
    return options.nprobe;
  }

  /** Returns the partitions that are searched, none for all. */
  public Set<String> partitions() {
    return options.partitions;
  }

  /** Returns how new what the search sees has to be. */
  public ConsistencyLevel consistency() {
    return options.consistency;
  }

  /** Returns the filter, null where there is none. */
  public @Nullable Filter filter() {
    return options.filter;
  }

  /** Returns the ids that are never found, each once, in no order. */
  public long[] excluded() {
    return options.excluded.toArray();
  }

  /** Returns the VARCHAR keys that are never found. */
  public Set<String> excludedKeys() {
    return options.excludedTexts;
  }

  /** Returns whether an id is not excluded, null where none is. */
  public @Nullable LongPredicate accepted() {
    IdSet set = options.excluded;
    return set.size() == 0 ? null : id -> !set.contains(id);
  }

  /** Returns who is told what the search took, null where nobody is. */
  public @Nullable Consumer<SearchWork> observer() {
    return options.observer;
  }

  /** Returns the scores that are found. */
  public ScoreRange range() {
    return options.range;
  }

  /** Returns the field to group by, null where there is none. */
  public @Nullable String groupBy() {
    return options.groupBy;
  }

  /** Returns the fields that hits carry, as they were named. */
  public List<String> outputFields() {
    return options.outputFields;
  }

  @Override
  public String toString() {
    return "nearest to " + vector.length + " components, limit " + limit() + ", ef " + ef();
  }

  /**
   * One search for each of several vectors or stored entities, with the same options. Immutable.
   */
  public static final class Batch {
    private final List<float[]> vectors;
    private final List<?> keys;
    private final SearchOptions options;

    private Batch(List<float[]> vectors, List<?> keys, SearchOptions options) {
      this.vectors = vectors;
      this.keys = keys;
      this.options = options;
    }

    private static Batch of(List<?> keys) {
      SearchOptions.inRange("number of keys", keys.size(), SearchOptions.MAX_LIMIT);
      return new Batch(List.of(), keys, SearchOptions.DEFAULT);
    }

    private Batch with(SearchOptions changed) {
      return new Batch(vectors, keys, changed);
    }

    /** As {@link SearchRequest#annsField(String)}; the keys too stand for their vectors in it. */
    public Batch annsField(String name) {
      return with(options.withAnnsField(name));
    }

    /** As {@link SearchRequest#limit(int)}, for each vector. */
    public Batch limit(int limit) {
      return with(options.withLimit(limit));
    }

    /** As {@link SearchRequest#ef(int)}. */
    public Batch ef(int ef) {
      return with(options.withEf(ef));
    }

    /** As {@link SearchRequest#nprobe(int)}. */
    public Batch nprobe(int nprobe) {
      return with(options.withNprobe(nprobe));
    }

    /** As {@link SearchRequest#partitions(String...)}. */
    public Batch partitions(String... names) {
      return with(options.withPartitions(names));
    }

    /** As {@link SearchRequest#consistency(ConsistencyLevel)}. */
    public Batch consistency(ConsistencyLevel level) {
      return with(options.withConsistency(level));
    }

    /** As {@link SearchRequest#excluding}. */
    public Batch excluding(long... ids) {
      return with(options.withExcluded(ids));
    }

    /** As {@link SearchRequest#excluding(Collection)}. */
    public Batch excluding(Collection<String> keys) {
      return with(options.withExcluded(keys));
    }

    /** As {@link SearchRequest#offset(int)}, for each vector. */
    public Batch offset(int offset) {
      return with(options.withOffset(offset));
    }

    /** As {@link SearchRequest#filter(Filter)}. */
    public Batch filter(Filter filter) {
      return with(options.withFilter(filter));
    }

    /** As {@link SearchRequest#filter(String)}. */
    public Batch filter(String filter) {
      return filter(Filter.parse(filter));
    }

    /** As {@link SearchRequest#radius(float)}. */
    public Batch radius(float radius) {
      return with(options.withRadius(radius));
    }

    /** As {@link SearchRequest#rangeFilter(float)}. */
    public Batch rangeFilter(float rangeFilter) {
      return with(options.withRangeFilter(rangeFilter));
    }

    /** As {@link SearchRequest#outputFields(String...)}. */
    public Batch outputFields(String... names) {
      return with(options.withOutputFields(List.of(names)));
    }

    /** As {@link SearchRequest#groupBy(String)}. */
    public Batch groupBy(String field) {
      return with(options.withGroupBy(Objects.requireNonNull(field, "field")));
    }

    /**
     * Returns this batch with the vectors of the entities whose keys it has; itself if it has none.
     * Backends call it before they search.
     *
     * @throws IllegalArgumentException if one of the keys does not exist, or is of another type
     *     than the primary key, or if there is no such vector field
     */
    public Batch resolvedIn(VectorCollection collection) {
      if (keys.isEmpty()) {
        return this;
      }
      Map<Object, float[]> found = new HashMap<>();
      CollectionSchema schema = collection.schema();
      String field = options.vectorField(schema).name();
      stored(collection).forEach(entity -> found.put(entity.key(), entity.vector(schema, field)));
      List<float[]> resolved = new ArrayList<>();
      for (Object key : keys) {
        float[] vector = found.get(key);
        if (vector == null) {
          throw new IllegalArgumentException(
              "collection \"" + collection.name() + "\", search: there is no entity " + key);
        }
        resolved.add(vector);
      }
      return new Batch(resolved, List.of(), options);
    }

    private List<Entity> stored(VectorCollection collection) {
      return keys.get(0) instanceof Long
          ? collection.get(keys.stream().mapToLong(Long.class::cast).toArray())
          : collection.get(keys.stream().map(String.class::cast).toList());
    }

    /** Returns the searches one by one, in the order of the vectors. */
    public List<SearchRequest> requests() {
      return vectors.stream().map(vector -> new SearchRequest(vector, options)).toList();
    }
  }
}
