package dev.recsys.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 and number of the bytes that pass through a channel. */
final class Checksum {
  private final MessageDigest digest;
  private long bytes;
  private @Nullable String hex;

  Checksum() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The checksum of all that is left in the channel. */
  static String of(ReadableByteChannel channel) throws IOException {
    Checksum checksum = new Checksum();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    while (channel.read(buffer.clear()) >= 0) {
      checksum.add(buffer.flip());
    }
    return checksum.hex();
  }

  /** The checksum of what the content writes. */
  static String of(DurableFiles.Content content) throws IOException {
    Checksum checksum = new Checksum();
    content.writeTo(checksum.over(null));
    return checksum.hex();
  }

  private void add(ByteBuffer buffer) {
    bytes += buffer.remaining();
    digest.update(buffer);
  }

  /** A channel that counts what it passes on; null passes nothing on. */
  WritableByteChannel over(@Nullable WritableByteChannel channel) {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer buffer) throws IOException {
        int count = buffer.remaining();
        ByteBuffer copy = buffer.duplicate();
        while (channel != null && buffer.hasRemaining()) {
          channel.write(buffer);
        }
        buffer.position(buffer.limit());
        add(copy);
        return count;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  long bytes() {
    return bytes;
  }

  /** The digits of the checksum; nothing more can be added. */
  String hex() {
    if (hex == null) {
      hex = HexFormat.of().formatHex(digest.digest());
    }
    return hex;
  }
}
