package dev.recsys.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of a file whose fields are separated by "::", read in place: no object per line or
 * field. The first thing that is wrong with a line is remembered and ends its reading; numbers then
 * are -1 and texts empty.
 */
final class DatLines {
  private static final int MAX_DIGITS = 18;

  private final Path file;
  private final byte[] bytes;
  private int position;
  private int start;
  private int end;
  private int next;
  private long number;
  private String expected = "";

  private DatLines(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  static DatLines of(Path file) {
    try {
      return new DatLines(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Moves to the next line; false when there is none. Ends of lines are LF or CR LF. */
  boolean next() {
    if (next >= bytes.length) {
      return false;
    }
    start = next;
    position = next;
    end = next;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    next = end + 1;
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    number++;
    expected = "";
    return true;
  }

  /** Reads the digits at the current position, at most 18. */
  long number(String what) {
    int from = position;
    long value = 0;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      value = 10 * value + (bytes[position++] - '0');
    }
    if (position == from || position - from > MAX_DIGITS) {
      reject(what);
      return -1;
    }
    return isGood() ? value : -1;
  }

  /** Steps over the separator. */
  void separator(String format) {
    if (isSeparator(position)) {
      position += 2;
    } else {
      reject(format);
    }
  }

  /** Reads up to the next separator or the end of the line. */
  String text(String what) {
    int to = position;
    while (to < end && !isSeparator(to)) {
      to++;
    }
    return text(what, to);
  }

  /** Reads up to the last separator of the line, or all of it when there is none. */
  String textToLastSeparator(String what) {
    int to = end - 2;
    while (to > position && !isSeparator(to)) {
      to--;
    }
    return text(what, to >= position && isSeparator(to) ? to : end);
  }

  private String text(String what, int to) {
    String text = new String(bytes, position, to - position, StandardCharsets.ISO_8859_1);
    position = to;
    if (text.isBlank()) {
      reject(what);
    }
    return text;
  }

  private boolean isSeparator(int at) {
    return at + 1 < end && bytes[at] == ':' && bytes[at + 1] == ':';
  }

  void end(String format) {
    if (position != end) {
      reject(format);
    }
  }

  /** Remembers what this line should have had; only the first such call of a line counts. */
  void reject(String what) {
    if (isGood()) {
      expected = what;
      position = end;
    }
  }

  boolean isGood() {
    return expected.isEmpty();
  }

  MalformedDataException error() {
    String line = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    return new MalformedDataException(file, number, expected, line);
  }
}
