package dev.recsys.cli;

import java.nio.file.Path;

/** A line of a file that cannot be used. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(Path file, int line, String problem, Throwable cause) {
    super(file + ":" + line + ": " + problem, cause);
  }
}
