package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.List;

/**
 * Entities of one schema, found by id or by nearness: what a collection is in Milvus.
 *
 * <p>Safe for many threads. A write is visible to every call that starts after it has returned, and
 * a batch is visible whole or not at all. Arguments are copied; what is returned cannot be changed.
 * Bad arguments throw {@link IllegalArgumentException} and change nothing; a collection that was
 * dropped, or whose store was closed, throws {@link IllegalStateException}; what fails below throws
 * {@link StoreException}.
 */
public interface VectorCollection {

  /** Returns the name of the collection. */
  String name();

  /** Returns the fields of the collection. */
  CollectionSchema schema();

  /** Returns the parameters of its index. */
  IndexParams indexParams();

  /**
   * Inserts the entities, overwriting whole those whose ids exist; of two with one id in a batch
   * the later wins.
   *
   * @return how many were given
   * @throws IllegalArgumentException if one of them does not fit the schema; none is written then
   */
  long upsert(List<Entity> entities);

  /**
   * Deletes the entities of these ids; ids that do not exist are passed over.
   *
   * @return how many ids were given
   */
  long delete(long... ids);

  /** Returns the entities of these ids in the order asked for, without those that do not exist. */
  List<Entity> get(long... ids);

  /** Returns how many entities there are. */
  long count();

  /**
   * Returns the entities nearest to a vector, nearest first, equal scores by ascending id; fewer
   * than the limit where there are fewer.
   *
   * @throws IllegalArgumentException if the vector is not one of the vector field, or an output
   *     field does not exist
   */
  List<Hit> search(SearchRequest request);

  /** Returns the result of each vector of the batch, in the order of the vectors. */
  List<List<Hit>> search(SearchRequest.Batch batch);

  /** Returns when everything acknowledged is safe from a loss of power. */
  void flush();
}
