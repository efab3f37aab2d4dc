package dev.recsys.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The names of the files of MovieLens 1M. */
final class MovieLensFiles {
  static final String MOVIES = "movies.dat";
  static final String USERS = "users.dat";
  static final String RATINGS = "ratings.dat";

  /** In the order in which they are put in place: where the last is, the others are. */
  static final List<String> ALL = List.of(MOVIES, USERS, RATINGS);

  private MovieLensFiles() {}

  static List<String> missing(Path directory) {
    return ALL.stream().filter(name -> !Files.isRegularFile(directory.resolve(name))).toList();
  }
}
