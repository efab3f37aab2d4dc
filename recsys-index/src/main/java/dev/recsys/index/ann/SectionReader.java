package dev.recsys.index.ann;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Reads a section of an {@link IndexFile} from its first byte to its last, into arrays, and adds up
 * its checksum on the way: whole arrays at a time, because the first file that a JVM opens is read
 * by code that is not compiled yet. Elements of one section have one size.
 */
final class SectionReader {
  private static final int MAX_BUFFER = 1 << 18;

  private final FileChannel channel;
  private final ByteBuffer buffer;
  private final IntBuffer ints;
  private final FloatBuffer floats;
  private final LongBuffer longs;
  private final DoubleBuffer doubles;
  private final CRC32C crc = new CRC32C();
  private long position;
  private long left;

  SectionReader(FileChannel channel, long offset, long length) {
    this.channel = channel;
    this.position = offset;
    this.left = length;
    int bytes = (int) Math.min(MAX_BUFFER, length / Long.BYTES * Long.BYTES + Long.BYTES);
    this.buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.ints = buffer.asIntBuffer();
    this.floats = buffer.asFloatBuffer();
    this.longs = buffer.asLongBuffer();
    this.doubles = buffer.asDoubleBuffer();
    buffer.limit(0);
  }

  /** Returns the checksum of the whole section. */
  int checksum() throws IOException {
    while (left > 0) {
      buffer.position(buffer.limit());
      fill();
    }
    return (int) crc.getValue();
  }

  private void fill() throws IOException {
    buffer.compact();
    int kept = buffer.position();
    buffer.limit((int) Math.min(buffer.capacity(), kept + left));
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw new EOFException("it became shorter while it was read");
      }
      position += read;
      left -= read;
    }
    buffer.flip();
    crc.update(buffer.duplicate().position(kept));
  }

  /** Returns how many elements of a size can be taken at once, at least one and at most so many. */
  private int ready(int size, int wanted) throws IOException {
    if (buffer.remaining() < size) {
      fill();
    }
    return Math.min(wanted, buffer.remaining() / size);
  }

  private void skip(int bytes) {
    buffer.position(buffer.position() + bytes);
  }

  void read(byte[] out, int from, int count) throws IOException {
    for (int done = 0, some; done < count; done += some) {
      some = ready(1, count - done);
      buffer.get(out, from + done, some);
    }
  }

  void read(int[] out, int from, int count) throws IOException {
    for (int done = 0, some; done < count; done += some) {
      some = ready(Integer.BYTES, count - done);
      ints.get(buffer.position() / Integer.BYTES, out, from + done, some);
      skip(some * Integer.BYTES);
    }
  }

  void read(float[] out, int from, int count) throws IOException {
    for (int done = 0, some; done < count; done += some) {
      some = ready(Float.BYTES, count - done);
      floats.get(buffer.position() / Float.BYTES, out, from + done, some);
      skip(some * Float.BYTES);
    }
  }

  void read(long[] out, int from, int count) throws IOException {
    for (int done = 0, some; done < count; done += some) {
      some = ready(Long.BYTES, count - done);
      longs.get(buffer.position() / Long.BYTES, out, from + done, some);
      skip(some * Long.BYTES);
    }
  }

  void read(double[] out, int from, int count) throws IOException {
    for (int done = 0, some; done < count; done += some) {
      some = ready(Double.BYTES, count - done);
      doubles.get(buffer.position() / Double.BYTES, out, from + done, some);
      skip(some * Double.BYTES);
    }
  }
}
