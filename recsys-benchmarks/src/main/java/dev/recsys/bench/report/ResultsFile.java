package dev.recsys.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of a directory, {@code results.csv}; this package's description has its columns. Rows
 * are appended one at a time, so that what was measured is kept whatever happens after. Not safe
 * for many threads.
 */
public final class ResultsFile {
  private final Path file;

  private ResultsFile(Path file) {
    this.file = file;
  }

  /**
   * Opens the results of a directory, which is made if it is not there.
   *
   * @throws ResultsFileException if there is a file of other columns, or if it cannot be read
   */
  public static ResultsFile in(Path directory) {
    ResultsFile results = new ResultsFile(directory.resolve("results.csv"));
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new ResultsFileException(directory, 0, "cannot be made a directory: " + e, e);
    }
    results.rows();
    return results;
  }

  /** Returns the file. */
  public Path path() {
    return file;
  }

  /**
   * Returns all rows, none if there is no file.
   *
   * @throws ResultsFileException if the file is not one of these
   */
  public List<ResultRow> rows() {
    List<List<String>> lines;
    try {
      lines = Csv.parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | IllegalArgumentException e) {
      throw new ResultsFileException(file, 0, "cannot be read: " + e, e);
    }
    if (lines.isEmpty()) {
      return List.of();
    }
    if (!lines.get(0).equals(ResultRow.COLUMNS)) {
      throw new ResultsFileException(
          file, 1, "columns must be " + ResultRow.COLUMNS + ", got " + lines.get(0), null);
    }
    List<ResultRow> rows = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      try {
        rows.add(ResultRow.of(lines.get(line)));
      } catch (IllegalArgumentException e) {
        throw new ResultsFileException(file, line + 1, String.valueOf(e.getMessage()), e);
      }
    }
    return rows;
  }

  /**
   * Adds a row, before the first the names of the columns.
   *
   * @throws ResultsFileException if it cannot be written
   */
  public void append(ResultRow row) {
    try {
      String before = Files.exists(file) ? Files.readString(file) : "";
      StringBuilder added = new StringBuilder();
      if (before.isEmpty()) {
        added.append(Csv.line(ResultRow.COLUMNS)).append('\n');
      } else if (!before.endsWith("\n")) {
        added.append('\n');
      }
      added.append(Csv.line(row.cells())).append('\n');
      Files.writeString(
          file,
          added,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new ResultsFileException(file, 0, "cannot be appended to: " + e, e);
    }
  }
}
