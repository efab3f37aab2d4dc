package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.List;

/**
 * A set of named collections: what a Milvus client is. An application is written against this and
 * {@link VectorCollection}; only the line that opens the store says which backend it is.
 *
 * <p>Safe for many threads. After {@link #close()} every method but {@code close}, of the store and
 * of its collections, throws {@link IllegalStateException}. What fails below (a file, a server)
 * throws {@link StoreException}.
 */
public interface VectorStore extends AutoCloseable {

  /**
   * Creates an empty collection under the schema's name.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  VectorCollection create(CollectionSchema schema, IndexParams indexParams);

  /**
   * Returns the collection of that name.
   *
   * @throws IllegalArgumentException if there is none; {@link #has} asks first
   */
  VectorCollection collection(String name);

  /** Returns whether there is a collection of that name. */
  boolean has(String name);

  /** Returns the names of all collections, sorted. */
  List<String> list();

  /** Removes the collection and all its entities; does nothing, as Milvus, if there is none. */
  void drop(String name);

  /** Writes out what is pending and lets go of all resources; a second call does nothing. */
  @Override
  void close();
}
