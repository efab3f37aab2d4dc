package dev.recsys.index.ann;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file as {@link IndexFile} describes it: beside the one of that name, forced to disk,
 * then renamed, so that a reader sees the old file or the new one, whole.
 */
final class IndexFileWriter {
  private final FileChannel channel;
  private final ByteBuffer buffer = little(1 << 18);
  private final ByteBuffer page = little(IndexFile.PAGE);
  private final CRC32C crc = new CRC32C();
  private long end = IndexFile.PAGE;
  private int sections;

  /** What writes the content of a file or a section. */
  interface Content {
    void write(IndexFileWriter out) throws IOException;
  }

  private IndexFileWriter(FileChannel channel) {
    this.channel = channel;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes a file.
   *
   * @throws IndexFileException if that fails; what was there before is left as it was
   */
  static void write(Path path, int kind, Content content) {
    Path target = path.toAbsolutePath();
    Path beside = null;
    try {
      Path folder = Objects.requireNonNull(target.getParent());
      beside = Files.createTempFile(folder, target.getFileName() + ".", ".tmp");
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        IndexFileWriter out = new IndexFileWriter(channel);
        content.write(out);
        out.finish(kind);
        channel.force(true);
      }
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folder);
    } catch (IOException | RuntimeException e) {
      discard(beside, e);
      throw new IndexFileException(path, "cannot be written: " + e.getMessage(), e);
    }
  }

  /** Forces the rename to disk, where folders can be opened. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // not on Windows; there the rename is forced with the file
    }
  }

  private static void discard(@Nullable Path beside, Exception cause) {
    try {
      if (beside != null) {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Writes the next section. */
  void section(String name, Content content) throws IOException {
    long offset = IndexFile.aligned(end);
    channel.position(offset);
    end = offset;
    crc.reset();
    content.write(this);
    drain();
    page.position(IndexFile.TABLE + sections++ * IndexFile.ENTRY);
    page.put(Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 8));
    page.putLong(offset).putLong(end - offset).putInt((int) crc.getValue()).putInt(0);
  }

  private void finish(int kind) throws IOException {
    page.clear();
    page.put(IndexFile.MAGIC).putInt(IndexFile.VERSION).putInt(kind).putLong(end);
    page.putInt(sections).putInt(0);
    page.putInt(IndexFile.CHECKSUM_AT, IndexFile.checksum(page.duplicate().clear()));
    page.clear();
    while (page.hasRemaining()) {
      channel.write(page, page.position());
    }
    if (channel.size() < end) {
      // the last sections are empty
      channel.write(ByteBuffer.allocate(1), end - 1);
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    end += buffer.remaining();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      drain();
    }
    return buffer;
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  void putDoubles(double... values) throws IOException {
    for (double value : values) {
      room(Double.BYTES).putDouble(value);
    }
  }

  void putFloats(float[] values, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      room(Float.BYTES).putFloat(values[i]);
    }
  }

  void putInts(int[] values, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      room(Integer.BYTES).putInt(values[i]);
    }
  }

  void putBytes(byte[] values, int from, int count) throws IOException {
    for (int at = from; at < from + count; ) {
      int some = Math.min(room(1).remaining(), from + count - at);
      buffer.put(values, at, some);
      at += some;
    }
  }
}
