package dev.recsys.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Prints results as JSON. */
final class Json {
  private static final ObjectWriter LINE = new ObjectMapper().writer();
  private static final ObjectWriter PRETTY = LINE.withDefaultPrettyPrinter();

  private Json() {}

  /** Prints one document over several lines. */
  static void print(PrintWriter out, Object value) {
    out.println(text(PRETTY, value));
  }

  /** Prints one document on one line. */
  static void printLine(PrintWriter out, Object value) {
    out.println(text(LINE, value));
  }

  private static String text(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value.getClass() + " as JSON", e);
    }
  }
}
