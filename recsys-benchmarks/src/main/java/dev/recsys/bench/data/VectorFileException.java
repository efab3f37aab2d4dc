package dev.recsys.bench.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of vectors that cannot be read or written, and which record of it is at fault. */
public final class VectorFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final long record;

  VectorFileException(Path file, long record, String problem, @Nullable Throwable cause) {
    super(file + (record < 0 ? ": " : ": record " + record + ": ") + problem, cause);
    this.file = file;
    this.record = record;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the number of the record, from 0; -1 if the whole file is at fault. */
  public long record() {
    return record;
  }
}
