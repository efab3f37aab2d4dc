package dev.recsys.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets one writer into a directory: of this process and of all others. The file that is locked is
 * there while the lock is held; one that a crash left behind holds nobody up.
 */
final class DirectoryLock {
  static final String NAME = "recsys.lock";

  /** A system may drop a process's lock when that opens and closes the file once more. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private DirectoryLock() {}

  /**
   * Creates the directory where there is none and acts alone in it; deletes it when it is empty
   * afterwards.
   *
   * @throws IllegalStateException when another writer is in it
   * @throws UncheckedIOException when it cannot be created or written
   */
  static <T> T holding(Path directory, Supplier<T> action) {
    Path real = writing(directory, () -> created(directory).toRealPath());
    if (!HELD.add(real)) {
      throw inUse(directory);
    }
    try {
      Path file = real.resolve(NAME);
      FileLock lock = writing(directory, () -> lock(directory, file));
      try {
        return action.get();
      } finally {
        release(lock, real);
      }
    } finally {
      HELD.remove(real);
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException;
  }

  private static <T> T writing(Path directory, Step<T> step) {
    try {
      return step.take();
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + ": cannot be written: " + IoReason.of(e, directory), e);
    }
  }

  private static Path created(Path directory) throws IOException {
    return Files.isDirectory(directory) ? directory : Files.createDirectories(directory);
  }

  private static FileLock lock(Path directory, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held = false;
    try {
      FileLock lock = channel.tryLock();
      // The holder before deletes the file, then lets go: what is locked may be no file any more.
      held = lock != null && Files.exists(file);
      if (lock == null || !held) {
        throw inUse(directory);
      }
      return lock;
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static void release(FileLock lock, Path directory) {
    try {
      try {
        Files.deleteIfExists(directory.resolve(NAME));
      } finally {
        lock.acquiredBy().close();
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Something else is in the directory, or it must not be deleted: it stays.
    }
  }

  private static IllegalStateException inUse(Path directory) {
    return new IllegalStateException(
        directory
            + ": another training or saving is writing in this directory;"
            + " wait for its end or choose another directory");
  }
}
