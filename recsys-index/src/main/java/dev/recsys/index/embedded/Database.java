package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.StoreException.Reason;
import dev.recsys.index.schema.CollectionSchema;
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

  private final String where;
  private final MVStore store;
  private final @Nullable DurableVersion durable;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;
  private volatile boolean damaged;

  private Database(String where, MVStore store, @Nullable DurableVersion durable) {
    this.where = where;
    this.store = store;
    this.durable = durable;
  }

  static Database inMemory() {
    return new Database("in memory", StoreFile.inMemory(), null);
  }

  static Database open(Path directory) {
    DurableVersion durable = new DurableVersion(directory);
    return new Database(directory.toString(), StoreFile.open(directory, durable), durable);
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
            .valueType(new AliasType()));
  }

  /**
   * Returns the entities of a collection; a map that is not there is created as a write of its own.
   */
  MVMap<Object, Entity> entities(CollectionSchema schema) {
    String name = "entities." + schema.name();
    if (!read(() -> store.hasMap(name))) {
      write(() -> openEntities(name, schema));
    }
    return read(() -> openEntities(name, schema));
  }

  private MVMap<Object, Entity> openEntities(String name, CollectionSchema schema) {
    return store.openMap(
        name,
        new MVMap.Builder<Object, Entity>()
            .keyType(new KeyType(schema.primaryKey().dataType()))
            .valueType(new EntityType(schema)));
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
