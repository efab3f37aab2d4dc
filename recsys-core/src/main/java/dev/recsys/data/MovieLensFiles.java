package dev.recsys.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of MovieLens 1M in a directory: which are missing, and how new ones get there. */
final class MovieLensFiles {
  static final String MOVIES = "movies.dat";
  static final String USERS = "users.dat";
  static final String RATINGS = "ratings.dat";

  static final List<String> ALL = List.of(MOVIES, USERS, RATINGS);

  /** Tells the terms of use; comes with the archive, nothing reads it. */
  static final String README = "README";

  /** Fills an empty directory. */
  @FunctionalInterface
  interface Filling {
    void fill(Path empty) throws IOException;
  }

  private MovieLensFiles() {}

  static List<String> missing(Path directory) {
    return ALL.stream().filter(name -> !Files.isRegularFile(directory.resolve(name))).toList();
  }

  static void requireAll(Path directory) {
    List<String> missing = missing(directory);
    if (!missing.isEmpty()) {
      throw new MovieLens.UnavailableException(
          directory,
          "%s: expected %s of MovieLens 1M, missing %s"
              .formatted(directory, String.join(", ", ALL), String.join(", ", missing)),
          null);
    }
  }

  /** Refuses a directory that already holds any of the files. */
  static void requireNone(Path directory) {
    for (String name : ALL) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        throw new UncheckedIOException(new FileAlreadyExistsException(file.toString()));
      }
    }
  }

  /**
   * Lets the files be written into a temporary directory beside, then renames each into place; when
   * anything fails before that, the directory stays as it was.
   */
  static void publish(Path directory, Filling filling) throws IOException {
    Path target = directory.toAbsolutePath();
    Path name = target.getFileName();
    Path parent = target.getParent();
    if (name == null || parent == null) {
      throw new IOException("cannot write beside " + directory);
    }
    Files.createDirectories(parent);
    Path beside = Files.createTempDirectory(parent, name + ".");
    try {
      filling.fill(beside);
      for (Path file : contents(beside)) {
        force(file);
      }
      Files.createDirectories(target);
      for (Path file : contents(beside)) {
        Path place = target.resolve(file.getFileName());
        Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      delete(beside);
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Returns the files, the ratings last: where they are in place, the others are too. */
  private static List<Path> contents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted(Comparator.comparing((Path file) -> file.endsWith(RATINGS))).toList();
    }
  }

  private static void delete(Path flatDirectory) throws IOException {
    for (Path file : contents(flatDirectory)) {
      Files.delete(file);
    }
    Files.delete(flatDirectory);
  }
}
