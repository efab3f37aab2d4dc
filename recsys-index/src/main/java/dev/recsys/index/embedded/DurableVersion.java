package dev.recsys.index.embedded;

import dev.recsys.index.StoreException;
import dev.recsys.index.StoreException.Reason;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The newest version of a store known to be on the device, in a small file beside the store's. An
 * MVStore that has lost its end opens as an older version of itself, which only this can tell.
 *
 * <p>The record is written after the store's file was forced, so it is never ahead of a good store,
 * wherever a crash falls; one that lags behind, is absent or is unreadable refuses nothing. Only
 * for whoever holds the store, one thread at a time.
 */
final class DurableVersion {
  /** The file in the directory: the version and the CRC-32 of its digits. */
  static final String NAME = "store.version";

  private static final Pattern RECORD = Pattern.compile("(\\d{1,18}) ([0-9a-f]{8})\n");

  private final Path file;
  private long recorded;

  DurableVersion(Path directory) {
    this.file = directory.toAbsolutePath().resolve(NAME);
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Reads the record: the version that the store must have reached, 0 if none is known. */
  long read() throws IOException {
    if (exists()) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      Matcher record = RECORD.matcher(text);
      if (record.matches() && record.group(2).equals(checksum(record.group(1)))) {
        recorded = Long.parseLong(record.group(1));
      }
    }
    return recorded;
  }

  /** Returns the version of the record. */
  long recorded() {
    return recorded;
  }

  /** Replaces the record if the version, which is on the device by now, is a newer one. */
  void record(long version) {
    if (version <= recorded) {
      return;
    }
    Path beside = file.resolveSibling(NAME + ".new");
    // a channel would close itself in an interrupted thread
    try (FileOutputStream out = new FileOutputStream(beside.toFile())) {
      String digits = Long.toString(version);
      out.write((digits + " " + checksum(digits) + "\n").getBytes(StandardCharsets.ISO_8859_1));
      out.getFD().sync();
    } catch (IOException e) {
      throw failed(e);
    }
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(e);
    }
    recorded = version;
  }

  private static String checksum(String digits) {
    CRC32 crc = new CRC32();
    crc.update(digits.getBytes(StandardCharsets.ISO_8859_1));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private StoreException failed(IOException e) {
    return new StoreException(Reason.IO, null, "cannot write " + file + ": " + e, e);
  }
}
