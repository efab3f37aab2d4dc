package dev.recsys.index.ann;

import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one dimension under 64-bit ids, searched by nearness.
 *
 * <p>Any number of threads may search at once. {@link #add} and {@link #remove} must have the index
 * to themselves, and nothing here sees to that: the caller holds a lock, or builds first and
 * publishes then. Vectors are copied when they are added and only read when they are queries.
 */
public interface AnnIndex {

  /** Returns the number of components of every vector. */
  int dimension();

  /** Returns how two vectors are compared. */
  MetricType metric();

  /** Returns how many vectors there are. */
  int size();

  /**
   * Inserts a vector, or overwrites the one that has the id.
   *
   * @throws IllegalArgumentException if the vector has another dimension or a component that is NaN
   *     or infinite
   */
  void add(long id, float[] vector);

  /** Removes the vector of that id and returns whether there was one. */
  boolean remove(long id);

  /** Returns whether there is a vector of that id. */
  boolean contains(long id);

  /**
   * Returns the {@code k} vectors nearest to the query, nearest first, equal scores by ascending
   * id; all of them if there are fewer than {@code k}. Under {@link MetricType#COSINE} a vector of
   * zeros has the score 0 with everything, as in Milvus.
   *
   * @param k how many to find, at least 1
   * @param ef how many candidates a graph keeps, at least {@code k} of them; 0 leaves the choice to
   *     the index, an exact index takes no notice
   * @param accept whether an id may be found, asked before its vector is scored; null accepts all;
   *     a large index may ask from several threads at once
   * @throws IllegalArgumentException if the query has another dimension or a component that is NaN
   *     or infinite, if {@code k < 1}, or if {@code ef < 0}
   */
  SearchResult search(float[] query, int k, int ef, @Nullable LongPredicate accept);

  /**
   * Returns what {@link #search} finds for each of some queries, in their order.
   *
   * @throws IllegalArgumentException as there, before any is searched for where that is known
   */
  default List<SearchResult> searchAll(
      float[][] queries, int k, int ef, @Nullable LongPredicate accept) {
    List<SearchResult> results = new ArrayList<>(queries.length);
    for (float[] query : queries) {
      results.add(search(query, k, ef, accept));
    }
    return List.copyOf(results);
  }
}
