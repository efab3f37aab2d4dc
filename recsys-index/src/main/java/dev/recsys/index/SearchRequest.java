package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A search for the entities nearest to a vector. Immutable; the methods that take a value return a
 * changed copy.
 *
 * <pre>{@code
 * SearchRequest.nearest(query).limit(5).excluding(1193, 661).outputFields("title")
 * }</pre>
 */
public final class SearchRequest {
  private final float[] vector;
  private final SearchOptions options;

  private SearchRequest(float[] vector, SearchOptions options) {
    this.vector = vector;
    this.options = options;
  }

  /** Returns a search for the 10 entities nearest to a vector. */
  public static SearchRequest nearest(float[] vector) {
    return new SearchRequest(vector.clone(), SearchOptions.DEFAULT);
  }

  /**
   * Returns a search for the 10 entities nearest to each vector.
   *
   * @throws IllegalArgumentException if there are more than 16,384 vectors, or none
   */
  public static Batch nearestAll(List<float[]> vectors) {
    SearchOptions.inRange("number of vectors", vectors.size(), SearchOptions.MAX_LIMIT);
    return new Batch(vectors.stream().map(float[]::clone).toList(), SearchOptions.DEFAULT);
  }

  /** Returns a copy that finds up to this many entities, 1..16,384; 10 unless told. */
  public SearchRequest limit(int limit) {
    return new SearchRequest(vector, options.withLimit(limit));
  }

  /**
   * Returns a copy that lets a graph keep this many candidates, 1..32,768: more find better and
   * slower. At least the limit is kept; an exact index takes no notice.
   */
  public SearchRequest ef(int ef) {
    return new SearchRequest(vector, options.withEf(ef));
  }

  /** Returns a copy that never finds these entities, instead of those named before. */
  public SearchRequest excluding(long... ids) {
    return new SearchRequest(vector, options.withExcluded(ids));
  }

  /** Returns a copy whose hits carry these fields; {@code "*"} stands for all. */
  public SearchRequest outputFields(String... names) {
    return new SearchRequest(vector, options.withOutputFields(names));
  }

  /**
   * Returns this request as a collection serves it: the vector checked, {@code "*"} replaced by the
   * fields it stands for. Backends call it before they search.
   *
   * @throws IllegalArgumentException if the vector is not one of the vector field, or an output
   *     field does not exist
   */
  public SearchRequest conformingTo(CollectionSchema schema) {
    float[] checked;
    try {
      checked = (float[]) schema.vector().canonical(vector);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "collection \"" + schema.name() + "\", search: " + e.getMessage(), e);
    }
    return new SearchRequest(checked, options.withOutputFields(resolve(schema)));
  }

  private String[] resolve(CollectionSchema schema) {
    List<String> named = options.outputFields();
    if (named.contains("*")) {
      return schema.fields().stream().map(FieldSchema::name).toArray(String[]::new);
    }
    return named.stream().map(name -> schema.field(name).name()).toArray(String[]::new);
  }

  /** Returns a copy of the vector. */
  public float[] vector() {
    return vector.clone();
  }

  /** Returns how many entities to find. */
  public int limit() {
    return options.limit();
  }

  /** Returns how many candidates a graph keeps, 0 where that is left to the index. */
  public int ef() {
    return options.ef();
  }

  /** Returns the ids that are never found, each once, in no order. */
  public long[] excluded() {
    return options.excluded().toArray();
  }

  /** Returns whether an id may be found, null where all may. */
  public @Nullable LongPredicate accepted() {
    IdSet set = options.excluded();
    return set.size() == 0 ? null : id -> !set.contains(id);
  }

  /** Returns the fields that hits carry, as they were named. */
  public List<String> outputFields() {
    return options.outputFields();
  }

  @Override
  public String toString() {
    return "nearest to " + vector.length + " components, limit " + limit() + ", ef " + ef();
  }

  /** One search for each of several vectors, with the same options. Immutable. */
  public static final class Batch {
    private final List<float[]> vectors;
    private final SearchOptions options;

    private Batch(List<float[]> vectors, SearchOptions options) {
      this.vectors = vectors;
      this.options = options;
    }

    /** As {@link SearchRequest#limit(int)}, for each vector. */
    public Batch limit(int limit) {
      return new Batch(vectors, options.withLimit(limit));
    }

    /** As {@link SearchRequest#ef(int)}. */
    public Batch ef(int ef) {
      return new Batch(vectors, options.withEf(ef));
    }

    /** As {@link SearchRequest#excluding}. */
    public Batch excluding(long... ids) {
      return new Batch(vectors, options.withExcluded(ids));
    }

    /** As {@link SearchRequest#outputFields(String...)}. */
    public Batch outputFields(String... names) {
      return new Batch(vectors, options.withOutputFields(names));
    }

    /** Returns the searches one by one, in the order of the vectors. */
    public List<SearchRequest> requests() {
      return vectors.stream().map(vector -> new SearchRequest(vector, options)).toList();
    }
  }
}
