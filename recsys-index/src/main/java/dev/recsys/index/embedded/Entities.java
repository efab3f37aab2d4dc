package dev.recsys.index.embedded;

import com.google.common.collect.Streams;
import dev.recsys.index.Entity;
import dev.recsys.index.schema.CollectionSchema;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The entities of a collection in the database, and the partition of each that is not in the
 * default one. What changes them is part of a write of the database.
 */
final class Entities {
  private final CollectionSchema schema;
  private final Database database;
  private final MVMap<Object, Entity> entities;
  private final MVMap<Object, String> partitions;

  /** What readers see: the entities as they were when what is in memory followed them last. */
  private volatile MVMap<Object, Entity> published;

  Entities(Database database, CollectionSchema schema) {
    this.schema = schema;
    this.database = database;
    this.entities = database.entities(schema);
    this.partitions = database.partitions(schema);
    this.published = database.committed(entities);
  }

  /** Lets readers see what is committed. */
  void publish() {
    published = database.committed(entities);
  }

  /** Refuses entities whose keys are there, or are twice among them. */
  void checkNew(List<Entity> batch) {
    Set<Object> keys = new HashSet<>();
    for (Entity entity : batch) {
      if (!keys.add(entity.key()) || entities.containsKey(entity.key())) {
        throw new IllegalArgumentException(
            "collection \""
                + schema.name()
                + "\", insert: entity "
                + entity.key()
                + " is there already; upsert overwrites");
      }
    }
  }

  void put(List<Entity> batch, String partition) {
    boolean named = !partition.equals(Partitions.DEFAULT);
    for (Entity entity : batch) {
      entities.put(entity.key(), entity);
      if (named) {
        partitions.put(entity.key(), partition);
      } else if (!partitions.isEmpty()) {
        partitions.remove(entity.key());
      }
    }
  }

  void remove(Collection<?> keys) {
    keys.forEach(entities::remove);
    if (!partitions.isEmpty()) {
      keys.forEach(partitions::remove);
    }
  }

  Cursor<Object, Entity> cursor() {
    return entities.cursor(null);
  }

  boolean has(Object key) {
    return entities.containsKey(key);
  }

  long size() {
    return published.sizeAsLong();
  }

  /** Returns the entity of a key, null if there is none. */
  @Nullable Entity get(Object key) {
    return published.get(key);
  }

  /** Returns the entity of a key that is known to be there. */
  Entity present(Object key) {
    return Objects.requireNonNull(published.get(key));
  }

  /** Returns all keys in ascending order. */
  Stream<Object> keys() {
    return Streams.stream(published.keyIterator(null));
  }

  /** Returns the partition of an entity. */
  String partition(Object key) {
    return partitions.getOrDefault(key, Partitions.DEFAULT);
  }

  /** Returns the keys of the entities in a partition that is not the default one. */
  List<Object> keys(String partition) {
    return Streams.stream(partitions.keyIterator(null))
        .filter(key -> partition.equals(partitions.get(key)))
        .toList();
  }

  /** Makes the entities those of a collection of another name. */
  void rename(Database database, String collection) {
    database.rename(entities, partitions, collection);
  }

  /** Removes everything. */
  void drop(Database database) {
    database.remove(entities);
    database.remove(partitions);
  }
}
