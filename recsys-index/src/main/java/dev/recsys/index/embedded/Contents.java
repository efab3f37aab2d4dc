package dev.recsys.index.embedded;

import com.google.common.collect.Streams;
import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.IdSet;
import dev.recsys.index.filter.Columns;
import dev.recsys.index.filter.MemoryColumns;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The entities of a collection in the database, and what is kept of them in memory: the index of
 * their vectors, and the columns of their other fields. A write goes to the database first; memory
 * follows once that is committed.
 *
 * <p>A vector stands in the index under the primary key where that is a number, otherwise under the
 * row of its entity in the columns, which stays while the entity is there.
 *
 * <p>Not safe for threads by itself: one may write while no other reads or writes, and many may
 * read while none writes.
 */
final class Contents {
  /** After how many entities a listener is told. */
  private static final int REPORTED = 1_000;

  private final CollectionSchema schema;
  private final MVMap<Object, Entity> entities;
  private final KeptIndex kept;
  private final AnnIndex index;
  private final MemoryColumns columns;
  private final boolean texts;
  private long version;

  /**
   * Makes contents of which nothing is in memory.
   *
   * @param file where the index may be, null where it is not kept
   */
  Contents(
      CollectionDescriptor descriptor, MVMap<Object, Entity> entities, @Nullable SideFile file) {
    this.schema = descriptor.schema();
    this.entities = entities;
    this.texts = schema.primaryKey().dataType() == DataType.VARCHAR;
    // rows are not the same the next time
    this.kept = new KeptIndex(descriptor, texts ? null : file);
    this.index = kept.index();
    this.columns = new MemoryColumns(schema);
  }

  /**
   * Fills what is in memory; the keys of the map have no checksum, but each entity has its own in
   * it.
   */
  void load(BuildListener listener) {
    long total = entities.sizeAsLong();
    long done = 0;
    Cursor<Object, Entity> cursor = entities.cursor(null);
    while (cursor.hasNext()) {
      Object key = cursor.next();
      Entity entity = cursor.getValue();
      if (!entity.key().equals(key) || columns.row(key) >= 0) {
        throw damaged("entity " + entity.key() + " stands under the key " + key);
      }
      if (!entities.containsKey(key)) {
        throw damaged("entity " + key + " is not found by its key");
      }
      int row = columns.append(key, entity.fields());
      kept.bringUp(texts ? row : entity.id(), entity.vector());
      if (++done % REPORTED == 0 || done == total) {
        listener.onProgress(schema.name(), done, total);
      }
    }
    kept.retain(id -> columns.row(key(id)) >= 0);
    if (index.size() != total) {
      throw damaged(index.size() + " entities of " + total + " are there");
    }
  }

  /** Writes the index to its file if enough of it is not there yet. */
  void keepIndex(boolean closing) {
    kept.write(closing);
  }

  private StoreException damaged(String why) {
    String name = schema.name();
    return new StoreException(
        StoreException.Reason.CORRUPT, name, "collection \"" + name + "\": " + why, null);
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

  /** Writes entities to the database. */
  void store(List<Entity> batch) {
    batch.forEach(entity -> entities.put(entity.key(), entity));
  }

  /** Removes entities from the database. */
  void erase(Collection<?> keys) {
    keys.forEach(entities::remove);
  }

  /** Brings what is in memory up to entities that were stored. */
  void keep(List<Entity> batch) {
    version++;
    batch.forEach(this::keep);
  }

  private void keep(Entity entity) {
    int row = columns.row(entity.key());
    if (row < 0) {
      row = columns.append(entity.key(), entity.fields());
    } else {
      columns.overwrite(row, entity.key(), entity.fields());
    }
    index.add(texts ? row : entity.id(), entity.vector());
    kept.changed(1);
  }

  /** Takes entities that were erased out of memory. */
  void forget(Collection<?> keys) {
    version++;
    for (Object key : keys) {
      int row = columns.row(key);
      if (row >= 0) {
        index.remove(texts ? row : (long) key);
        columns.delete(row);
        kept.changed(1);
      }
    }
  }

  /** Returns a number that is another after every write. */
  long version() {
    return version;
  }

  CollectionSchema schema() {
    return schema;
  }

  AnnIndex index() {
    return index;
  }

  MemoryColumns columns() {
    return columns;
  }

  long size() {
    return entities.sizeAsLong();
  }

  @Nullable Entity entity(Object key) {
    return entities.get(key);
  }

  /** Returns the key of a vector in the index. */
  Object key(long vectorId) {
    return texts ? columns.key((int) vectorId) : (Object) vectorId;
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
      ids[i] = keys instanceof Columns.Longs longs ? longs.get(at) : at;
    }
    return IdSet.of(ids);
  }

  /** Returns all keys in ascending order. */
  Stream<Object> keys() {
    return Streams.stream(entities.keyIterator(null));
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

  /** Returns the entity of a key that is known to be there. */
  Entity present(Object key) {
    return Objects.requireNonNull(entities.get(key));
  }
}
