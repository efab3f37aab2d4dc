package dev.recsys.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside the one that may be there, and puts it in its place. */
final class TextFile {
  private TextFile() {}

  static void replace(Path file, String text) {
    try {
      Path whole = file.toAbsolutePath();
      Path beside = whole.resolveSibling(whole.getFileName() + ".new");
      Files.writeString(beside, text);
      Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
