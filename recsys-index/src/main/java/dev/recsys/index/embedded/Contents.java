package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.ann.IdSet;
import dev.recsys.index.filter.Columns;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.filter.MemoryColumns;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.Collection;
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
      long id = idOf(key);
      partitions.put(append(entity, id), partition(key));
      indexes.bringUp(id, entity);
      if (++done % REPORTED == 0 || done == total) {
        listener.onProgress(schema.name(), done, total);
      }
    }
    indexes.retain(id -> row(id) >= 0);
    for (FieldSchema field : schema.vectors()) {
      int there = indexes.size(field.name());
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

  /** Returns how what is in memory follows a change that is committed. */
  Following follow(Change change) {
    return new Following(this, change);
  }

  /** Makes the columns and partitions those of an entity, or of none. */
  void put(Object key, long id, @Nullable Entity entity, String partition) {
    version++;
    int row = columns.row(key);
    if (entity != null) {
      if (row < 0) {
        row = append(entity, id);
      } else {
        columns.overwriteConforming(row, key, entity.fields());
      }
      partitions.put(row, partition);
    } else if (row >= 0) {
      if (texts) {
        textIds.remove(row);
      }
      columns.delete(row);
      partitions.remove(row);
    }
  }

  private int append(Entity entity, long id) {
    int row = columns.appendConforming(entity.key(), entity.fields());
    if (texts) {
      textIds.put(row, id);
    }
    return row;
  }

  void createPartition(String name) {
    partitions.create(name);
  }

  /** Takes a partition and the keys of its entities out of memory. */
  void dropPartition(String name, Collection<?> keys) {
    follow(Change.remove(keys)).atOnce();
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

  VectorIndexes indexes() {
    return indexes;
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

  /** Returns the id that the vector of a key has in its index, or is to have if it is new. */
  long idOf(Object key) {
    if (key instanceof Long id) {
      return id;
    }
    int row = columns.row(key);
    return row < 0 ? textIds.reserve((String) key) : textIds.of(row);
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
