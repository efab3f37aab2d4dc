package dev.recsys.index;

import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
   * Creates an empty collection under the schema's name; where it has several vector fields, each
   * gets an index of these parameters.
   *
   * @throws IllegalArgumentException if there is a collection or an alias of that name
   */
  default VectorCollection create(CollectionSchema schema, IndexParams indexParams) {
    return create(
        schema,
        schema.vectors().stream()
            .collect(Collectors.toMap(FieldSchema::name, field -> indexParams)));
  }

  /**
   * Creates an empty collection under the schema's name.
   *
   * @param indexParams those of the index of each vector field, by its name
   * @throws IllegalArgumentException if there is a collection or an alias of that name, or if the
   *     names are not those of the vector fields
   */
  VectorCollection create(CollectionSchema schema, Map<String, IndexParams> indexParams);

  /**
   * Returns the collection of that name, or of the one that an alias stands for. What is returned
   * for an alias follows it: each call goes to the collection that the alias stands for by then.
   *
   * @throws IllegalArgumentException if there is none; {@link #has} asks first
   */
  VectorCollection collection(String name);

  /** Returns whether there is a collection or an alias of that name. */
  boolean has(String name);

  /** Returns the names of all collections, sorted; aliases are not among them. */
  List<String> list();

  /**
   * Removes the collection and all its entities; does nothing, as Milvus, if there is none.
   *
   * @throws IllegalArgumentException if it has aliases, or the name is one
   */
  void drop(String name);

  /**
   * Gives a collection another name; its aliases stand for it as before. What was obtained by the
   * old name is refused from then on, as if that collection had been dropped.
   *
   * @throws IllegalArgumentException if there is no collection of the first name, if there is a
   *     collection or an alias of the second, or if that is not a name
   */
  void rename(String collection, String name);

  /**
   * Makes an alias stand for a collection from now on. One that stood for another is moved in one
   * step: a call by the alias meets the one or the other, and none fails meanwhile. So the next
   * generation of a collection is filled beside the one that serves, and then put in its place.
   *
   * @param alias {@code [A-Za-z_][A-Za-z0-9_]*}, at most 255 characters
   * @throws IllegalArgumentException if there is no such collection, or one has the alias as its
   *     name
   */
  void alias(String alias, String collection);

  /** Removes an alias, not the collection; does nothing if there is none. */
  void dropAlias(String alias);

  /** Returns the collection that each alias stands for, sorted by alias; unmodifiable. */
  Map<String, String> aliases();

  /** Writes out what is pending and lets go of all resources; a second call does nothing. */
  @Override
  void close();
}
