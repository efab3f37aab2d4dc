package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.IdSet;
import dev.recsys.index.filter.Columns;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.filter.MemoryColumns;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * What is kept of a collection's entities in memory: the indexes of their vectors, the columns of
 * their other fields, and their partitions. A write goes to the database first; this follows once
 * that is committed.
 *
 * <p>A vector stands in its index under the primary key where that is a number, otherwise under a
 * number of {@link TextIds}.
 *
 * <p>Not safe for threads by itself: one may write while no other reads or writes, and many may
 * read while none writes.
 */
final class Contents {
  /** After how many entities a listener is told. */
  private static final int REPORTED = 1_000;

  private final CollectionSchema schema;
  private final Entities entities;
  private final VectorIndexes indexes;
  private final MemoryColumns columns;
  private final Partitions partitions;
  private final FilterCache filters;
  private final boolean texts;
  private final TextIds textIds = new TextIds();
  private long version;

  /**
   * Makes contents of which nothing is in memory.
   *
   * @param files where the index of a vector field may be, null where it is not kept
   */
  Contents(
      CollectionDescriptor descriptor,
      Entities entities,
      Function<FieldSchema, @Nullable SideFile> files) {
    this.schema = descriptor.schema();
    this.entities = entities;
    this.texts = schema.primaryKey().dataType() == DataType.VARCHAR;
    this.indexes = new VectorIndexes(descriptor, files);
    this.columns = new MemoryColumns(schema);
    this.partitions = new Partitions(descriptor.partitions());
    this.filters = new FilterCache(schema);
  }

  /**
   * Fills what is in memory; the keys of the map have no checksum, but each entity has its own in
   * it.
   */
  void load(BuildListener listener) {
    long total = entities.size();
    long done = 0;
    Cursor<Object, Entity> cursor = entities.cursor();
    while (cursor.hasNext()) {
      Object key = cursor.next();
      Entity entity = cursor.getValue();
      if (!entity.key().equals(key) || columns.row(key) >= 0) {
        throw damaged("entity " + entity.key() + " stands under the key " + key);
      }
      if (!entities.has(key)) {
        throw damaged("entity " + key + " is not found by its key");
      }
      int row = columns.append(key, entity.fields());
      partitions.put(row, partition(key));
      indexes.bringUp(newId(row, key), entity);
      if (++done % REPORTED == 0 || done == total) {
        listener.onProgress(schema.name(), done, total);
      }
    }
    indexes.retain(id -> row(id) >= 0);
    for (FieldSchema field : schema.vectors()) {
      int there = index(field.name()).size();
      if (there != total) {
        throw damaged(there + " entities of " + total + " are there");
      }
    }
  }

  private String partition(Object key) {
    String partition = entities.partition(key);
    if (!partitions.has(partition)) {
      throw damaged("entity " + key + " is in the partition " + partition + ", which is not there");
    }
    return partition;
  }

  /** Writes each index to its file if enough of it is not there yet. */
  void keepIndexes(boolean closing) {
    indexes.write(closing);
  }

  private StoreException damaged(String why) {
    String name = schema.name();
    return new StoreException(
        StoreException.Reason.CORRUPT, name, "collection \"" + name + "\": " + why, null);
  }

  /** Brings what is in memory up to entities that were stored in a partition. */
  void keep(List<Entity> batch, String partition) {
    version++;
    batch.forEach(entity -> keep(entity, partition));
  }

  private void keep(Entity entity, String partition) {
    Object key = entity.key();
    int row = columns.row(key);
    long id;
    if (row < 0) {
      row = columns.append(key, entity.fields());
      id = newId(row, key);
    } else {
      columns.overwrite(row, key, entity.fields());
      id = id(row, key);
    }
    partitions.put(row, partition);
    indexes.put(id, entity);
  }

  /** Takes entities that were erased out of memory. */
  void forget(Collection<?> keys) {
    version++;
    for (Object key : keys) {
      int row = columns.row(key);
      if (row >= 0) {
        indexes.remove(id(row, key));
        if (texts) {
          textIds.remove(row);
        }
        columns.delete(row);
        partitions.remove(row);
      }
    }
  }

  void createPartition(String name) {
    partitions.create(name);
  }

  /** Takes a partition and the keys of its entities out of memory. */
  void dropPartition(String name, Collection<?> keys) {
    forget(keys);
    partitions.drop(name);
  }

  Map<String, Long> partitionCounts() {
    return partitions.counts(columns.rows());
  }

  /** Returns the rows of some partitions, of all if none is named; not to be changed. */
  RoaringBitmap rows(Set<String> names) {
    return partitions.rows(names, columns.rows());
  }

  /**
   * Returns what a filter finds in some partitions, in all if none is named.
   *
   * @throws dev.recsys.index.filter.FilterException if it does not fit the schema
   */
  Selection find(Filter filter, Set<String> names) {
    return filters.find(filter, names, this);
  }

  /** Returns a number that is another after every write. */
  long version() {
    return version;
  }

  CollectionSchema schema() {
    return schema;
  }

  /** Returns the index of a vector field. */
  AnnIndex index(String field) {
    return indexes.of(field);
  }

  MemoryColumns columns() {
    return columns;
  }

  /** Returns the key of a vector in the index. */
  Object key(long vectorId) {
    return texts ? columns.key(textIds.row(vectorId)) : (Object) vectorId;
  }

  /** Returns the row of a vector in the index, less than 0 if its entity is not there. */
  int row(long vectorId) {
    return texts ? textIds.row(vectorId) : columns.row(vectorId);
  }

  private long newId(int row, Object key) {
    return texts ? textIds.put(row, (String) key) : (long) key;
  }

  private long id(int row, Object key) {
    return texts ? textIds.of(row) : (long) key;
  }

  boolean texts() {
    return texts;
  }

  /** Returns the ids that the vectors of rows have in the index. */
  IdSet vectorIds(RoaringBitmap rows) {
    long[] ids = new long[rows.getCardinality()];
    Columns.Column keys = columns.column(schema.primaryKey().name());
    PeekableIntIterator row = rows.getIntIterator();
    for (int i = 0; i < ids.length; i++) {
      int at = row.next();
      ids[i] = keys instanceof Columns.Longs longs ? longs.get(at) : textIds.of(at);
    }
    return IdSet.of(ids);
  }

  /** Returns the keys of rows in ascending order. */
  Stream<Object> keys(RoaringBitmap rows) {
    if (texts) {
      return rows.stream()
          .mapToObj(row -> (String) columns.key(row))
          .sorted(KeyType.BY_CODE_POINT)
          .map(key -> key);
    }
    Columns.Longs keys = (Columns.Longs) columns.column(schema.primaryKey().name());
    return rows.stream().mapToLong(keys::get).sorted().mapToObj(key -> key);
  }

  Entities entities() {
    return entities;
  }
}
