package dev.recsys.bench.report;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of results that cannot be read or appended to, and which line of it is at fault. */
public final class ResultsFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final int line;

  ResultsFileException(Path file, int line, String problem, @Nullable Throwable cause) {
    super(file + (line < 1 ? ": " : ": line " + line + ": ") + problem, cause);
    this.file = file;
    this.line = line;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the number of the line, from 1; 0 if the whole file is at fault. */
  public int line() {
    return line;
  }
}
