package dev.recsys.index.embedded;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.CountDownLatch;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/** Stores' files, on a device that fails when it is told to. */
final class FaultyPath extends SteadyPath implements AutoCloseable {
  /** What fails from now on, if anything. */
  enum Fault {
    NONE,
    WRITE,
    SYNC,
    /** Does not return before {@link FaultyPath#release}. */
    STALLED_SYNC
  }

  private static volatile CountDownLatch released = new CountDownLatch(0);
  private static volatile CountDownLatch stalled = new CountDownLatch(0);

  private static volatile Fault fault = Fault.NONE;

  private FaultyPath() {}

  private FaultyPath(FilePath path) {
    super(path);
  }

  /** Takes the place of the real files until it is closed. */
  static FaultyPath install() {
    StoreFile.inMemory().close(); // after which the real ones are not put there any more
    FaultyPath path = new FaultyPath();
    FilePath.register(path);
    return path;
  }

  void failing(Fault what) {
    released = new CountDownLatch(1);
    stalled = new CountDownLatch(1);
    fault = what;
  }

  /** Returns when a sync has been stalled. */
  void awaitStalled() throws InterruptedException {
    stalled.await();
  }

  /** Lets what is stalled go on, and nothing fail any more. */
  void release() {
    fault = Fault.NONE;
    released.countDown();
  }

  @Override
  public void close() {
    release();
    FilePath.register(new SteadyPath());
  }

  @Override
  public FilePath getPath(String wanted) {
    return new FaultyPath(within(wanted));
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new FaultyFile(new SteadyFile(unwrap().name, mode));
  }

  private static final class FaultyFile extends FileBaseDefault {
    private final SteadyFile file;

    FaultyFile(SteadyFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) throws IOException {
      return file.read(to, position);
    }

    /** A device that is full has still taken the first half. */
    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
      if (fault == Fault.WRITE) {
        file.write(from.slice(from.position(), from.remaining() / 2), position);
        throw new IOException("No space left on device");
      }
      return file.write(from, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (fault == Fault.SYNC) {
        throw new IOException("Input/output error");
      }
      if (fault == Fault.STALLED_SYNC) {
        stalled.countDown();
        Uninterruptibles.awaitUninterruptibly(released);
      }
      file.force(metaData);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
