package dev.recsys.index.embedded;

import dev.recsys.index.StoreException;
import dev.recsys.index.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.type.StringDataType;
import org.h2.store.fs.FilePath;

/**
 * How an MVStore comes to be open: in memory, or over the file in the directory of a durable store,
 * which holds the list of collections from the moment that it has its name.
 */
final class StoreFile {
  /** The file in the directory. */
  static final String NAME = "store.mv";

  private static final String CATALOG = "collections";

  static {
    FilePath.register(new SteadyPath());
  }

  private StoreFile() {}

  static MVStore inMemory() {
    MVStore store = builder().open();
    openCatalog(store);
    return store;
  }

  /** Opens the store of a directory, unless it is older than it is known to have been. */
  static MVStore open(Path directory, DurableVersion durable) {
    String where = directory.toString();
    Path absolute = directory.toAbsolutePath();
    Path file = absolute.resolve(NAME);
    try {
      Files.createDirectories(absolute);
      prepare(file, where, durable.exists());
      MVStore store = open(file, where);
      try {
        check(store, where, durable.read());
      } catch (IOException | RuntimeException e) {
        store.closeImmediately();
        throw e;
      }
      return store;
    } catch (IOException e) {
      throw new StoreException(
          Reason.IO, null, "store " + where + ": not a directory to write into: " + e, e);
    }
  }

  /** Makes a file where there never was one; refuses what MVStore would turn into a new store. */
  private static void prepare(Path file, String where, boolean wasThere) throws IOException {
    if (Files.notExists(file)) {
      if (wasThere) {
        String both = DurableVersion.NAME + " is there without " + NAME;
        throw damaged(where, both + "; without both files, a new store is made");
      }
      create(file, where);
    }
    if (!Files.isWritable(file)) {
      throw new IOException("no right to write " + file);
    }
    if (Files.size(file) == 0) {
      throw damaged(where, NAME + " is empty");
    }
  }

  private static void check(MVStore store, String where, long durable) {
    long version = version(store);
    if (version < durable) {
      throw damaged(
          where,
          ("%s has lost its end: it is at version %d, and was at %d or later according to %s;"
                  + " without the latter, it opens as it is")
              .formatted(NAME, version, durable, DurableVersion.NAME));
    }
    if (!store.hasMap(CATALOG)) {
      throw damaged(where, "it has no list of collections");
    }
  }

  private static StoreException damaged(String where, String why) {
    return new StoreException(Reason.CORRUPT, null, "store " + where + " is damaged: " + why, null);
  }

  /** Returns the version of the newest commit in the file of a durable store; it only rises. */
  static long version(MVStore store) {
    return store.getFileStore().lastChunkVersion();
  }

  /** Creates the file beside and renames it, so that a crash leaves none that is half made. */
  private static void create(Path file, String where) throws IOException {
    Path beside = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(beside);
    MVStore store = open(beside, where);
    openCatalog(store);
    store.commit();
    store.sync();
    store.close();
    Files.move(beside, file);
  }

  static MVMap<String, CollectionDescriptor> openCatalog(MVStore store) {
    return store.openMap(
        CATALOG,
        new MVMap.Builder<String, CollectionDescriptor>()
            .keyType(StringDataType.INSTANCE)
            .valueType(new DescriptorType()));
  }

  private static MVStore open(Path file, String where) {
    SingleFileStore fileStore = new SingleFileStore(new HashMap<>());
    try {
      fileStore.open(SteadyPath.SCHEME + ":" + file, false, null);
    } catch (RuntimeException e) {
      StoreException failure = failure(where, e);
      if (failure.reason() == Reason.LOCKED) {
        String who = new HolderNote(Objects.requireNonNull(file.getParent())).read();
        throw new StoreException(Reason.LOCKED, null, "store " + where + " is in use " + who, e);
      }
      throw failure;
    }
    try {
      return builder().adoptFileStore(fileStore).open();
    } catch (RuntimeException | AssertionError e) {
      // after some of its failures MVStore would keep the file locked
      fileStore.close();
      throw failure(where, e);
    }
  }

  /** Commits are made by the store alone, one for each batch. */
  private static MVStore.Builder builder() {
    return new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0);
  }

  /**
   * Translates what MVStore throws; some of its checks of files are assertions, which are thrown
   * where the JVM has them on.
   */
  static StoreException failure(String where, Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreException known) {
        return new StoreException(
            known.reason(), known.collection(), "store " + where + ": " + known.getMessage(), e);
      }
    }
    int code = e instanceof MVStoreException known ? known.getErrorCode() : -1;
    return switch (code) {
      case DataUtils.ERROR_FILE_LOCKED ->
          new StoreException(Reason.LOCKED, null, "store " + where + " is in use", e);
      // a store that was not closed by us has closed itself when a write failed
      case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED ->
          new StoreException(Reason.IO, null, "store " + where + ": " + e.getMessage(), e);
      default ->
          new StoreException(
              Reason.CORRUPT, null, "store " + where + " is damaged: " + e.getMessage(), e);
    };
  }
}
