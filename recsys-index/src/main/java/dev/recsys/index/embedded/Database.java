package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.StoreException.Reason;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The MVStore below a store, in a file or in memory: one write at a time, each a commit of its own,
 * and every failure as the exception that the adapter promises. Safe for many threads.
 */
final class Database {
  /**
   * None where MVStore's assertions are on: one in its compaction is wrong, and when it is thrown
   * the file is left damaged in the middle of a move.
   */
  private static final int COMPACTION_MILLIS = MVStore.class.desiredAssertionStatus() ? 0 : 200;

  private static final String ALIASES = "aliases";
  private static final String ENTITIES = "entities.";
  private static final String PARTITIONS = "partitions.";

  private final String where;
  private final MVStore store;
  private final @Nullable DurableVersion durable;
  private final @Nullable HolderNote holder;
  private final @Nullable Path directory;
  private final Durability durability;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;
  private volatile boolean damaged;

  /** Makes the database of an empty store in memory. */
  private Database() {
    this.where = "in memory";
    this.store = StoreFile.inMemory();
    this.durable = null;
    this.holder = null;
    this.directory = null;
    this.durability = Durability.FLUSH;
  }

  private Database(Path directory, Durability durability) {
    this.where = directory.toString();
    this.durable = new DurableVersion(directory);
    this.store = StoreFile.open(directory, durable);
    this.holder = new HolderNote(directory);
    holder.write();
    this.directory = directory.toAbsolutePath();
    this.durability = durability;
  }

  static Database inMemory() {
    return new Database();
  }

  static Database open(Path directory, Durability durability) {
    return new Database(directory, durability);
  }

  /** Returns the file in which the index of a vector field is kept, null in memory. */
  @Nullable SideFile sideFile(CollectionSchema schema, FieldSchema field) {
    return directory == null ? null : new SideFile(directory, SideFile.name(schema, field));
  }

  /** Returns whether it is open and nothing was found damaged. */
  boolean sound() {
    return !closed && !damaged && !store.isClosed();
  }

  /** Returns the collections by name. */
  MVMap<String, CollectionDescriptor> catalog() {
    return read(() -> StoreFile.openCatalog(store));
  }

  /** Returns the names of collections by alias. */
  MVMap<String, String> aliases() {
    if (!read(() -> store.hasMap(ALIASES))) {
      write(this::openAliases);
    }
    return read(this::openAliases);
  }

  private MVMap<String, String> openAliases() {
    return store.openMap(
        ALIASES,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(new NameType()));
  }

  /**
   * Returns the entities of a collection; a map that is not there is created as a write of its own.
   */
  MVMap<Object, Entity> entities(CollectionSchema schema) {
    return map(ENTITIES, schema, new EntityType(schema));
  }

  /** Returns the partitions of a collection's entities, as {@link #entities} does. */
  MVMap<Object, String> partitions(CollectionSchema schema) {
    return map(PARTITIONS, schema, new NameType());
  }

  private <V> MVMap<Object, V> map(String prefix, CollectionSchema schema, RecordType<V> type) {
    String name = prefix + schema.name();
    if (!read(() -> store.hasMap(name))) {
      write(() -> openMap(name, schema, type));
    }
    return read(() -> openMap(name, schema, type));
  }

  private <V> MVMap<Object, V> openMap(String name, CollectionSchema schema, RecordType<V> type) {
    return store.openMap(
        name,
        new MVMap.Builder<Object, V>()
            .keyType(new KeyType(schema.primaryKey().dataType()))
            .valueType(type));
  }

  /** Returns a map as it was committed last, which stays so whatever is written. */
  <V> MVMap<Object, V> committed(MVMap<Object, V> map) {
    return read(() -> map.openVersion(store.getCurrentVersion() - 1));
  }

  /** Makes the maps of a collection those of one of another name, as part of a write. */
  void rename(MVMap<?, ?> entities, MVMap<?, ?> partitions, String collection) {
    store.renameMap(entities, ENTITIES + collection);
    store.renameMap(partitions, PARTITIONS + collection);
  }

  /** Removes a map, as part of a write. */
  void remove(MVMap<?, ?> map) {
    store.removeMap(map);
  }

  /** Runs something that reads. */
  <T> T read(Supplier<T> action) {
    checkOpen();
    try {
      return action.get();
    } catch (MVStoreException | StoreException | AssertionError e) {
      // a read that was under way when the store was closed
      checkOpen();
      StoreException failure = StoreFile.failure(where, e);
      damaged |= failure.reason() == Reason.CORRUPT;
      throw failure;
    }
  }

  /** Runs something that writes, alone, and commits it; if it fails, nothing of it remains. */
  void write(Runnable action) {
    writing.lock();
    try {
      checkOpen();
      action.run();
      store.commit();
      if (durability == Durability.SYNC) {
        force();
      }
    } catch (MVStoreException | StoreException e) {
      rollBack(e);
      throw StoreFile.failure(where, e);
    } catch (Throwable e) {
      // of an Error too nothing may go in with the next commit
      rollBack(e);
      throw e;
    } finally {
      writing.unlock();
    }
  }

  private void force() {
    try {
      store.sync();
    } catch (RuntimeException | Error e) {
      // it is committed and cannot be taken back, but must not be taken for written either
      store.closeImmediately();
      throw e;
    }
  }

  private void rollBack(Throwable cause) {
    try {
      if (!store.isClosed()) {
        store.rollback();
      }
    } catch (RuntimeException | Error e) {
      cause.addSuppressed(e);
      // what could not be taken back must not be committed
      store.closeImmediately();
    }
  }

  /** Returns when all commits are on the device, and that is on record. */
  void flush() {
    writing.lock();
    try {
      read(
          () -> {
            sync();
            return true;
          });
    } finally {
      writing.unlock();
    }
  }

  private void sync() {
    store.sync();
    if (durable != null) {
      durable.record(StoreFile.version(store));
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("store " + where + " is closed");
    }
  }

  void close() {
    writing.lock();
    try {
      if (!closed) {
        close(damaged || store.isClosed());
      }
    } finally {
      writing.unlock();
    }
  }

  /** Closes; everything is committed, and a damaged file is not written to any more. */
  private void close(boolean asItIs) {
    try {
      if (!asItIs && durable != null && StoreFile.version(store) > durable.recorded()) {
        flush();
      }
    } finally {
      closed = true;
      if (holder != null) {
        holder.remove();
      }
      if (asItIs) {
        store.closeImmediately();
      } else {
        store.close(COMPACTION_MILLIS);
      }
    }
  }

  @Override
  public String toString() {
    return where;
  }
}
