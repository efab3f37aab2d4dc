package dev.recsys.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/** The directory of a checkpoint, of whatever training: what is in it and who may write there. */
final class CheckpointFiles {
  static final String TENSORS = "state.safetensors";

  private final ManifestDirectory files;

  CheckpointFiles(Path directory) {
    this.files =
        new ManifestDirectory(directory, "checkpoint.json", "recsys-training-checkpoint", 2);
  }

  ManifestDirectory files() {
    return files;
  }

  /** Whether a checkpoint is there. */
  boolean exists() {
    return files.exists();
  }

  /**
   * Acts alone in the directory, which is created; of no use it is deleted afterwards.
   *
   * @throws IllegalArgumentException when something else is in it
   * @throws IllegalStateException when another training is
   * @throws UncheckedIOException when it cannot be created or written
   */
  <T> T holding(Supplier<T> action) {
    requireOurs();
    return DirectoryLock.holding(files.directory(), action);
  }

  /** Deletes the checkpoint's files, and the directory when nothing else is in it. */
  void delete() {
    if (Files.exists(files.directory())) {
      holding(() -> files.delete(Set.of(TENSORS)));
    }
  }

  /** Without a manifest the directory may hold what a crash left, nothing else. */
  private void requireOurs() {
    Path directory = files.directory();
    if (files.exists() || !Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (!name.equals(DirectoryLock.NAME) && !files.isPart(name, Set.of(TENSORS))) {
          throw new IllegalArgumentException(
              directory
                  + ": expected a checkpoint, an empty directory or none, found one with "
                  + name
                  + " and without "
                  + files.manifest().getFileName());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          directory + ": cannot be read: " + IoReason.of(e, directory), e);
    }
  }
}
