package dev.recsys.model;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A saved model, or a training checkpoint, that cannot be used: not one, written by a newer
 * version, damaged, or not fitting itself.
 */
public final class ModelFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final String reason;

  ModelFormatException(Path path, String expected, Object found) {
    this(path, "expected " + expected + ", found " + found, (Throwable) null);
  }

  ModelFormatException(Path path, String reason, @Nullable Throwable cause) {
    super(path + ": " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  static ModelFormatException unreadable(Path path, IOException e) {
    return new ModelFormatException(path, "cannot be read: " + IoReason.of(e, path), e);
  }

  /** The file or directory that cannot be used. */
  public Path path() {
    return path;
  }

  /** What was expected and what was found, without the path. */
  public String reason() {
    return reason;
  }
}
