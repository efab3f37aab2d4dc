package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.StoreException.Reason;
import dev.recsys.index.schema.CollectionSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The MVStore below a store, in a file or in memory: one write at a time, each a commit of its own,
 * and every failure as the exception that the adapter promises. Safe for many threads.
 */
final class Database {
  /** The file in the directory of a durable store. */
  static final String FILE_NAME = "store.mv";

  private static final String CATALOG = "collections";
  private static final int COMPACTION_MILLIS = 200;

  private final String where;
  private final MVStore store;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;
  private volatile boolean damaged;

  private Database(String where, MVStore store) {
    this.where = where;
    this.store = store;
  }

  static Database inMemory() {
    MVStore store = open(null, "in memory");
    openCatalog(store);
    return new Database("in memory", store);
  }

  static Database open(Path directory) {
    String where = directory.toString();
    Path absolute = directory.toAbsolutePath();
    Path file = absolute.resolve(FILE_NAME);
    try {
      Files.createDirectories(absolute);
      if (Files.notExists(file)) {
        // never a file that a crash left half made: one that is there has been committed to
        Path beside = absolute.resolve(FILE_NAME + ".new");
        Files.deleteIfExists(beside);
        create(beside, where);
        Files.move(beside, file);
      }
      if (!Files.isWritable(file)) {
        throw new IOException("no right to write " + file);
      }
    } catch (IOException e) {
      throw new StoreException(
          Reason.IO, null, "store " + where + ": not a directory to write into: " + e, e);
    }
    MVStore store = open(file, where);
    if (!store.hasMap(CATALOG)) {
      store.closeImmediately();
      throw new StoreException(
          Reason.CORRUPT,
          null,
          "store " + where + " is damaged: it has no list of collections",
          null);
    }
    return new Database(where, store);
  }

  private static void create(Path file, String where) {
    MVStore store = open(file, where);
    openCatalog(store);
    store.commit();
    store.sync();
    store.close();
  }

  private static MVMap<String, CollectionDescriptor> openCatalog(MVStore store) {
    return store.openMap(
        CATALOG,
        new MVMap.Builder<String, CollectionDescriptor>()
            .keyType(StringDataType.INSTANCE)
            .valueType(new DescriptorType()));
  }

  private static MVStore open(@Nullable Path file, String where) {
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0);
    try {
      return file == null ? builder.open() : builder.fileName(file.toString()).open();
    } catch (RuntimeException | AssertionError e) {
      throw failure(where, e);
    }
  }

  /**
   * Translates what MVStore throws; where assertions are on, some checks of files are assertions.
   */
  private static StoreException failure(String where, Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException known) {
        return new StoreException(
            known.reason(), known.collection(), "store " + where + ": " + known.getMessage(), e);
      }
    }
    int code = e instanceof MVStoreException known ? known.getErrorCode() : -1;
    return switch (code) {
      case DataUtils.ERROR_FILE_LOCKED ->
          new StoreException(
              Reason.LOCKED, null, "store " + where + " is in use, here or elsewhere", e);
      case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED ->
          new StoreException(Reason.IO, null, "store " + where + ": " + e.getMessage(), e);
      default ->
          new StoreException(
              Reason.CORRUPT, null, "store " + where + " is damaged: " + e.getMessage(), e);
    };
  }

  /** Returns the collections by name. */
  MVMap<String, CollectionDescriptor> catalog() {
    return read(() -> openCatalog(store));
  }

  /**
   * Returns the entities of a collection; a map that is not there is created as a write of its own.
   */
  MVMap<Long, Entity> entities(CollectionSchema schema) {
    String name = "entities." + schema.name();
    if (!read(() -> store.hasMap(name))) {
      write(() -> openEntities(name, schema));
    }
    return read(() -> openEntities(name, schema));
  }

  private MVMap<Long, Entity> openEntities(String name, CollectionSchema schema) {
    return store.openMap(
        name,
        new MVMap.Builder<Long, Entity>()
            .keyType(LongDataType.INSTANCE)
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
      StoreException failure = failure(where, e);
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
    } catch (RuntimeException e) {
      if (!store.isClosed()) {
        store.rollback();
      }
      throw e instanceof MVStoreException || e instanceof StoreException ? failure(where, e) : e;
    } finally {
      writing.unlock();
    }
  }

  /** Returns when all commits are on the device. */
  void flush() {
    read(
        () -> {
          store.sync();
          return true;
        });
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
        closed = true;
        if (damaged) {
          // everything is committed; a damaged file is not written to any more
          store.closeImmediately();
        } else {
          store.close(COMPACTION_MILLIS);
        }
      }
    } finally {
      writing.unlock();
    }
  }

  @Override
  public String toString() {
    return where;
  }
}
