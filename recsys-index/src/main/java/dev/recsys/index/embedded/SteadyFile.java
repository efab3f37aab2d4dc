package dev.recsys.index.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * A file that stays open when a thread that reads or writes it is interrupted. A channel of the JDK
 * closes itself then, and one cancelled request would take the whole store with it.
 */
final class SteadyFile extends FileBaseDefault {
  private final RandomAccessFile file;

  SteadyFile(String name, String mode) throws IOException {
    this.file = new RandomAccessFile(name, mode);
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public synchronized int read(ByteBuffer to, long position) throws IOException {
    file.seek(position);
    if (to.hasArray()) {
      int count = file.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
      to.position(to.position() + Math.max(0, count));
      return count;
    }
    byte[] bytes = new byte[to.remaining()];
    int count = file.read(bytes);
    to.put(bytes, 0, Math.max(0, count));
    return count;
  }

  @Override
  public synchronized int write(ByteBuffer from, long position) throws IOException {
    int count = from.remaining();
    file.seek(position);
    if (from.hasArray()) {
      file.write(from.array(), from.arrayOffset() + from.position(), count);
      from.position(from.limit());
    } else {
      byte[] bytes = new byte[count];
      from.get(bytes);
      file.write(bytes);
    }
    return count;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.getFD().sync();
  }

  @Override
  protected synchronized void implTruncate(long size) throws IOException {
    if (size < file.length()) {
      file.setLength(size);
    }
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.getChannel().tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
