package dev.recsys.index;

import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Entities of one schema, found by id or by nearness: what a collection is in Milvus.
 *
 * <p>Safe for many threads. A write is visible to every call that starts after it has returned, and
 * a batch is visible whole or not at all. Arguments are copied; what is returned cannot be changed.
 * Bad arguments throw {@link IllegalArgumentException} and change nothing; a collection that was
 * dropped or released, or whose store was closed, throws {@link IllegalStateException}; what fails
 * below throws {@link StoreException}.
 */
public interface VectorCollection {

  /** Returns the name of the collection. */
  String name();

  /** Returns the fields of the collection. */
  CollectionSchema schema();

  /** Returns the parameters of its index, that of the first vector field where it has several. */
  default IndexParams indexParams() {
    return indexParams(schema().vector().name());
  }

  /**
   * Returns the parameters of the index of a vector field.
   *
   * @throws IllegalArgumentException if there is no such vector field
   */
  IndexParams indexParams(String field);

  /**
   * Inserts the entities, overwriting whole those whose ids exist; of two with one id in a batch
   * the later wins.
   *
   * @return how many were given
   * @throws IllegalArgumentException if one of them does not fit the schema; none is written then
   */
  long upsert(List<Entity> entities);

  /**
   * Inserts entities of new ids. In process an id that exists is refused; a Milvus server does not
   * look, and has two entities of the id from then on: {@link #upsert} where that can happen.
   *
   * @return how many were given
   * @throws IllegalArgumentException if one of them does not fit the schema, or two have one id;
   *     none is written then
   */
  long insert(List<Entity> entities);

  /**
   * Upserts into a partition, as {@link #upsert(List)} does into the default one. An entity that is
   * in another partition is moved, in process; a Milvus server keeps it there too.
   *
   * @throws IllegalArgumentException as there, and if there is no such partition
   */
  long upsert(List<Entity> entities, String partition);

  /**
   * Inserts into a partition, as {@link #insert(List)} does into the default one.
   *
   * @throws IllegalArgumentException as there, and if there is no such partition
   */
  long insert(List<Entity> entities, String partition);

  /**
   * Deletes the entities of these ids; ids that do not exist are passed over.
   *
   * @return how many ids were given
   * @throws IllegalArgumentException if the primary key is not INT64
   */
  long delete(long... ids);

  /**
   * Deletes the entities of these keys, as {@link #delete(long...)} does.
   *
   * @throws IllegalArgumentException if the primary key is not VARCHAR
   */
  long delete(Collection<String> keys);

  /**
   * Deletes the entities that satisfy a filter.
   *
   * @return how many there were
   * @throws IllegalArgumentException if it is the empty filter: {@link VectorStore#drop} and create
   *     the collection again where all is meant
   * @throws dev.recsys.index.filter.FilterException if the filter does not fit the schema
   */
  long delete(Filter filter);

  /** Returns the entities of these ids in the order asked for, without those that do not exist. */
  List<Entity> get(long... ids);

  /**
   * Returns the entities of these keys, as {@link #get(long...)} does.
   *
   * @throws IllegalArgumentException if the primary key is not VARCHAR
   */
  List<Entity> get(Collection<String> keys);

  /**
   * Returns the entities that satisfy a filter, by ascending primary key: for each the primary key
   * and the output fields by name, without those that are null.
   *
   * @throws IllegalArgumentException if an output field does not exist, or a limit is missing where
   *     one is needed
   * @throws dev.recsys.index.filter.FilterException if the filter does not fit the schema
   */
  List<Map<String, Object>> query(QueryRequest request);

  /**
   * Returns the entities that satisfy a filter, as {@link #query} does, however many they are. They
   * are asked for page by page: a write meanwhile is seen or not, and no entity comes twice.
   *
   * @param request may be one for all; without a limit and an offset
   * @param page how many are asked for at a time, 1..16,384
   * @throws IllegalArgumentException as {@link #query}, and if the request has a limit or an offset
   */
  default Iterator<Map<String, Object>> queryIterator(QueryRequest request, int page) {
    return new QueryIterator(this, request, page);
  }

  /** Returns how many entities there are. */
  long count();

  /**
   * Returns how many entities satisfy a filter.
   *
   * @throws dev.recsys.index.filter.FilterException if the filter does not fit the schema
   */
  long count(Filter filter);

  /**
   * Returns the entities nearest to a vector, nearest first, equal scores by ascending id; fewer
   * than the limit where there are fewer.
   *
   * @throws IllegalArgumentException if the vector is not one of the vector field searched, an
   *     output field, that field or the one to group by does not exist, or the keys that are
   *     excluded are not of the primary key's type
   * @throws dev.recsys.index.filter.FilterException if the filter does not fit the schema
   */
  List<Hit> search(SearchRequest request);

  /**
   * Returns the result of each vector of the batch, in the order of the vectors.
   *
   * @throws IllegalArgumentException as {@link #search(SearchRequest)}, and if the batch is of keys
   *     of which one does not exist
   */
  List<List<Hit>> search(SearchRequest.Batch batch);

  /**
   * Returns what {@link #search(SearchRequest)} finds, nearest first, however much it is. It is
   * asked for page by page: a write meanwhile is seen or not, and with a graph an entity that one
   * page misses may be missing. The deeper a page is, the more it costs.
   *
   * @param request without an offset; its limit is taken no notice of
   * @param page how many are asked for at a time, 1..16,384
   * @throws IllegalArgumentException as {@link #search(SearchRequest)}, and if the request has an
   *     offset
   */
  default Iterator<Hit> searchIterator(SearchRequest request, int page) {
    return new SearchIterator(this, request, page);
  }

  /** Returns when everything acknowledged is safe from a loss of power. */
  void flush();

  /**
   * Creates an empty partition. Searches and queries that name partitions look through these alone.
   *
   * @throws IllegalArgumentException if there is one of that name, or 1,024 already, if it is not a
   *     name, or if the collection has a partition key
   */
  void createPartition(String name);

  /**
   * Removes a partition and its entities; does nothing if there is none.
   *
   * @throws IllegalArgumentException if it is {@code _default}, or the collection has a partition
   *     key
   */
  void dropPartition(String name);

  /**
   * Returns the names of all partitions, sorted; {@code _default} is one. Empty where a partition
   * key decides, as they have no names then.
   */
  List<String> partitions();

  /**
   * Returns how many entities each partition has, by name; where a partition key decides, {@code
   * _default} stands for all.
   */
  Map<String, Long> statistics();

  /**
   * Takes the collection out of memory; a second call does nothing. Until {@link #load} is called,
   * reads, and deletes by a filter, throw {@link IllegalStateException}; other writes go on. In
   * process the collections of a store that is opened are loaded when they are first asked for, and
   * one is released if memory runs out while a write goes into its indexes, which loses nothing.
   */
  void release();

  /** Takes a released collection into memory; does nothing if it is there. */
  void load();

  /** Returns whether the collection is in memory and can be read. */
  boolean loaded();
}
