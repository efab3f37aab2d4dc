package dev.recsys.data;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a CSV file (RFC 4180, UTF-8) whose first line names its columns. Blank lines are
 * passed over. One use, one thread.
 */
final class CsvTable implements AutoCloseable {
  private static final ObjectReader READER =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build().readerFor(String[].class);

  private final Path file;
  private final MappingIterator<String[]> rows;
  private final Map<String, Integer> columns = new HashMap<>();
  private int width;
  private String[] row = new String[0];
  private long line;
  private long nextLine = 1;

  private CsvTable(Path file, MappingIterator<String[]> rows) {
    this.file = file;
    this.rows = rows;
  }

  /** Opens a file and reads the names of its columns, some of which must be there. */
  static CsvTable open(Path file, List<String> required) {
    try {
      CsvTable table = new CsvTable(file, READER.readValues(Files.newInputStream(file)));
      try {
        table.readHeader();
        required.forEach(table::require);
        return table;
      } catch (RuntimeException e) {
        table.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void readHeader() {
    if (!next()) {
      throw new MalformedDataException(file, 1, "the names of the columns", "");
    }
    width = row.length;
    for (int i = 0; i < row.length; i++) {
      if (columns.put(row[i].strip(), i) != null) {
        throw malformed("columns of different names", row[i]);
      }
    }
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  private void require(String column) {
    if (!has(column)) {
      throw malformed("a column \"" + column + "\"", String.join(",", row));
    }
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    try {
      do {
        if (!rows.hasNextValue()) {
          return false;
        }
        row = rows.nextValue();
        line = nextLine;
        nextLine++;
        for (String cell : row) {
          nextLine += cell.chars().filter(c -> c == '\n').count();
        }
      } while (row.length == 1 && row[0].isBlank());
    } catch (JsonProcessingException e) {
      line = nextLine;
      throw malformed("a row of CSV", e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    if (width > 0 && row.length != width) {
      throw malformed(width + " cells", row.length + ": " + String.join(",", row));
    }
    return true;
  }

  /** Returns the text of a cell, without spaces around it; empty when nothing is there. */
  String cell(String column) {
    return row[requireNonNull(columns.get(column))].strip();
  }

  /** Returns the whole number in a cell. */
  long number(String column) {
    try {
      return Long.parseLong(cell(column));
    } catch (NumberFormatException e) {
      throw malformed("a whole number in column \"" + column + "\"", cell(column));
    }
  }

  /** Returns the finite number in a cell. */
  double decimal(String column) {
    try {
      double value = Double.parseDouble(cell(column));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw malformed("a finite number in column \"" + column + "\"", cell(column));
  }

  MalformedDataException malformed(String expected, String found) {
    return new MalformedDataException(file, line, expected, found);
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }
}
