package dev.recsys.bench.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes records of one dimension beside a file, which {@link #finish} puts in its place. */
final class RecordWriter implements AutoCloseable {
  private final Path file;
  private final Path beside;
  private final FileChannel channel;
  private final OutputStream out;
  private final byte[] bytes;
  private final ByteBuffer record;

  private RecordWriter(Path file, Path beside, int dimension) throws IOException {
    this.file = file;
    this.beside = beside;
    this.channel = FileChannel.open(beside, StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    this.bytes = new byte[Integer.BYTES * (1 + dimension)];
    this.record = VectorFiles.view(bytes).putInt(0, dimension);
  }

  static RecordWriter open(Path file, int dimension) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    return new RecordWriter(file, Files.createTempFile(directory, "vectors", ".part"), dimension);
  }

  /** Returns the components of the record that {@link #write} will write. */
  ByteBuffer record() {
    return record.slice(Integer.BYTES, bytes.length - Integer.BYTES).order(record.order());
  }

  void write() throws IOException {
    out.write(bytes);
  }

  void finish() throws IOException {
    out.flush();
    channel.force(true);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(beside);
  }
}
