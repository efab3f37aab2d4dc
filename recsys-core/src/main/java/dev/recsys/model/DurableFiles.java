package dev.recsys.model;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Replaces files whole: written beside, forced to disk, renamed. Works in an interrupted thread
 * too, where a channel would close itself: that is when the last checkpoint is written.
 */
final class DurableFiles {
  /** What a file is to hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final String SUFFIX = ".tmp";

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

  /** A name that nobody else writes to. */
  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + SUFFIX);
  }

  /** Whether a crash may have left a file of that name when it was to become {@code file}. */
  static boolean isBeside(String name, String file) {
    return name.startsWith(file + ".") && name.endsWith(SUFFIX);
  }

  /** Writes the file in place and forces it to disk. */
  static void write(Path file, Content content) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
      content.writeTo(buffered);
      buffered.flush();
      out.getFD().sync();
    }
  }

  /** Renames within one directory and forces the directory where the system can. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = to.toAbsolutePath().getParent();
    if (directory != null && !System.getProperty("os.name", "").startsWith("Windows")) {
      force(directory);
    }
  }

  private static void force(Path directory) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
