package dev.recsys.data;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories in the format of ml-1m for tests. */
final class Files1m {
  static final String USERS = "1::F::1::10::48067\n2::M::56::16::70072\n";
  static final String MOVIES =
      "10::Brass Ferry (1995)::Animation|Comedy\n25::Piñata (1987)::Drama\n";
  static final String RATINGS = "1::10::5::978300760\n2::25::1::978302109\n";

  private Files1m() {}

  static Path write(Path directory, String users, String movies, String ratings)
      throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve("users.dat"), users.getBytes(StandardCharsets.ISO_8859_1));
    Files.write(directory.resolve("movies.dat"), movies.getBytes(StandardCharsets.ISO_8859_1));
    Files.write(directory.resolve("ratings.dat"), ratings.getBytes(StandardCharsets.ISO_8859_1));
    return directory;
  }

  /** Returns the real ml-1m, or skips the test loudly when -Dml1m=DIR was not given. */
  static Path real() {
    String directory = System.getProperty("ml1m", "");
    if (directory.isEmpty()) {
      System.out.println("SKIPPED for lack of ml-1m; run with -Dml1m=DIR");
      return abort("needs ml-1m; run with -Dml1m=DIR");
    }
    return Path.of(directory);
  }
}
