package dev.recsys.cli;

import dev.recsys.features.UserProfile;
import dev.recsys.model.FusionModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The users of a bulk request. */
final class UserIds {
  private UserIds() {}

  /** Returns every user of the model for {@code all}, else the ids in a file, one a line. */
  static long[] read(String allOrFile, FusionModel model) {
    if (allOrFile.equals("all")) {
      return IntStream.range(1, model.encoder().userRows())
          .mapToLong(model.encoder()::userId)
          .toArray();
    }
    Path file = Path.of(allOrFile);
    try {
      List<String> lines = Files.readAllLines(file);
      return IntStream.range(0, lines.size())
          .filter(i -> !lines.get(i).isBlank())
          .mapToLong(i -> parse(file, i + 1, lines.get(i).strip()))
          .toArray();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static List<UserProfile> profiles(long[] ids, int from, int to) {
    List<UserProfile> profiles = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      profiles.add(UserProfile.ofId(ids[i]));
    }
    return profiles;
  }

  private static long parse(Path file, int line, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InputException(file, line, "expected a user id, got '" + text + "'", e);
    }
  }
}
