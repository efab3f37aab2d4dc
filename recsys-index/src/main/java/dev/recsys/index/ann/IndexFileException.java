package dev.recsys.index.ann;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An index file that cannot be read or written. */
public final class IndexFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Path path;
  private final String reason;

  IndexFileException(Path path, String reason, @Nullable Throwable cause) {
    super("index file " + path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  /** Returns the file. */
  public Path path() {
    return path;
  }

  /** Returns what is wrong with it. */
  public String reason() {
    return reason;
  }
}
