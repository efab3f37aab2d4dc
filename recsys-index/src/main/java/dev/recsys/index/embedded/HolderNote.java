package dev.recsys.index.embedded;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says which process holds a store, for whoever is refused. The lock itself is one of
 * the system, on the store's file: a note that a crash left behind holds nobody up.
 */
final class HolderNote {
  /** The file in the directory. */
  static final String NAME = "store.lock";

  private static final Logger LOG = LoggerFactory.getLogger(HolderNote.class);
  private static final Pattern NOTE = Pattern.compile("process \\d{1,10} since [0-9TZ:-]{10,30}");
  private static final int MOST_BYTES = 100;

  private final Path file;

  HolderNote(Path directory) {
    this.file = directory.toAbsolutePath().resolve(NAME);
  }

  /** Notes that this process holds the store. */
  void write() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String note = "process " + ProcessHandle.current().pid() + " since " + now;
    // a channel would close itself in an interrupted thread
    try (OutputStream out = new FileOutputStream(file.toFile())) {
      out.write(note.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.warn("cannot note who holds the store: {}", e.getMessage());
    }
  }

  /** Returns who holds the store, as a message says it. */
  String read() {
    try (InputStream in = new FileInputStream(file.toFile())) {
      String note = new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
      return NOTE.matcher(note).matches() ? "by " + note : "here or elsewhere";
    } catch (IOException e) {
      return "here or elsewhere";
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} is not removed: {}", file, e.getMessage());
    }
  }
}
