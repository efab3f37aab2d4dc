package dev.recsys.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces files whole: written beside, forced to disk, renamed. */
final class DurableFiles {
  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  private DurableFiles() {}

  /** Replaces the file; a crash leaves the old content or the new one. */
  static void replace(Path file, Content content) throws IOException {
    Path beside = beside(file);
    try {
      write(beside, content);
      move(beside, file);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  /** Writes the file in place and forces it to disk. */
  static void write(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      content.writeTo(channel);
      channel.force(true);
    }
  }

  /** Renames within one directory and forces the directory where the system can. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = to.toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not open directories; there the rename alone has to do.
      if (!System.getProperty("os.name", "").startsWith("Windows")) {
        throw e;
      }
    }
  }
}
