package dev.recsys.data;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Brings the files of the official archive into a directory. */
final class MovieLensDownload {
  private MovieLensDownload() {}

  static void into(Path directory, Download archive) {
    try {
      MovieLensFiles.publish(directory, beside -> fill(beside, archive));
    } catch (IOException e) {
      throw new MovieLens.UnavailableException(
          directory,
          "cannot download %s to %s: %s".formatted(archive.uri(), directory, reason(e)),
          e);
    }
  }

  /** Exceptions of the HTTP client often have no message of their own. */
  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void fill(Path directory, Download archive) throws IOException {
    Path zip = directory.resolve("archive.zip");
    archive.to(zip);
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      unpack(in, directory);
    }
    Files.delete(zip);
  }

  /** Takes the files by their name alone: no path of the archive is ever followed. */
  private static void unpack(ZipInputStream in, Path directory) throws IOException {
    Set<String> wanted = new HashSet<>(MovieLensFiles.ALL);
    wanted.add(MovieLensFiles.README);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      String path = entry.getName();
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (wanted.remove(name)) {
        Files.copy(in, directory.resolve(name));
      }
    }
    List<String> missing = MovieLensFiles.missing(directory);
    if (!missing.isEmpty()) {
      throw new IOException("the archive has no " + String.join(", ", missing));
    }
  }
}
