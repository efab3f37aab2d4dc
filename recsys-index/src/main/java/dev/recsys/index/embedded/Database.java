package dev.recsys.index.embedded;

import dev.recsys.index.StoreException;
import dev.recsys.index.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The MVStore below a store, in a file or in memory: one write at a time, each a commit of its own,
 * and every failure as the exception that the adapter promises. Safe for many threads.
 */
final class Database {
  /** The file in the directory of a durable store. */
  static final String FILE_NAME = "store.mv";

  private static final int COMPACTION_MILLIS = 200;

  private final String where;
  private final MVStore store;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;

  private Database(String where, MVStore store) {
    this.where = where;
    this.store = store;
  }

  static Database inMemory() {
    return new Database("in memory", open(null, "in memory"));
  }

  static Database open(Path directory) {
    Path file = directory.toAbsolutePath().resolve(FILE_NAME);
    try {
      Files.createDirectories(file.getParent());
      if (!Files.isWritable(Files.exists(file) ? file : directory)) {
        throw new IOException("no right to write");
      }
    } catch (IOException e) {
      throw new StoreException(
          Reason.IO, null, "store " + directory + ": not a directory to write into: " + e, e);
    }
    String where = directory.toString();
    return new Database(where, open(file, where));
  }

  private static MVStore open(@Nullable Path file, String where) {
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0);
    try {
      return file == null ? builder.open() : builder.fileName(file.toString()).open();
    } catch (RuntimeException e) {
      throw failure(where, e);
    }
  }

  private static StoreException failure(String where, RuntimeException e) {
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

  <K, V> MVMap<K, V> map(String name, DataType<K> keys, DataType<V> values) {
    return read(
        () -> store.openMap(name, new MVMap.Builder<K, V>().keyType(keys).valueType(values)));
  }

  void remove(MVMap<?, ?> map) {
    store.removeMap(map);
  }

  /** Runs something that reads. */
  <T> T read(Supplier<T> action) {
    checkOpen();
    try {
      return action.get();
    } catch (MVStoreException | StoreException e) {
      // a read that was under way when the store was closed
      checkOpen();
      throw failure(where, e);
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
        store.close(COMPACTION_MILLIS);
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
