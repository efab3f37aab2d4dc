package dev.recsys.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** SHA-256 and CRC-32C as hexadecimal digits. */
final class Checksum {
  private Checksum() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static String hex(CRC32C crc) {
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  /** The CRC-32C of all that is left in the stream. */
  static String crc32c(InputStream in) throws IOException {
    return crc32c(in::transferTo);
  }

  /** The CRC-32C of what the content writes. */
  static String crc32c(DurableFiles.Content content) throws IOException {
    CRC32C crc = new CRC32C();
    content.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
    return hex(crc);
  }

  /** The SHA-256 of all that is left in the stream. */
  static String of(InputStream in) throws IOException {
    return of(in::transferTo);
  }

  /** The SHA-256 of what the content writes. */
  static String of(DurableFiles.Content content) throws IOException {
    MessageDigest digest = digest();
    content.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return hex(digest);
  }
}
