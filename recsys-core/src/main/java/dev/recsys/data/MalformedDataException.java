package dev.recsys.data;

import java.nio.file.Path;

/** A line of a data file is not as its format wants it. The message names all that is known. */
public final class MalformedDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 80;

  private final transient Path file;
  private final long line;
  private final String expected;
  private final String found;

  MalformedDataException(Path file, long line, String expected, String found) {
    super("%s, line %d: expected %s, found \"%s\"".formatted(file, line, expected, shown(found)));
    this.file = file;
    this.line = line;
    this.expected = expected;
    this.found = shown(found);
  }

  /** Shortens what may be long, and keeps control characters off the terminal. */
  private static String shown(String text) {
    String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the number of the line, from 1. */
  public long line() {
    return line;
  }

  /** Returns what should have been there. */
  public String expected() {
    return expected;
  }

  /** Returns what was there, shortened to 80 characters, control characters replaced. */
  public String found() {
    return found;
  }
}
