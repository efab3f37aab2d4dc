package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import dev.recsys.index.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * A value of the store's maps as a record: its length (4 bytes), its bytes, their CRC-32C (4
 * bytes). MVStore checks the heads of its pages but not what they hold, hence the checksum.
 * Whatever is wrong with a record is a {@link StoreException} that says it is corrupt.
 *
 * @param <T> the type of the values
 */
abstract class RecordType<T> extends BasicDataType<T> {

  abstract void encode(T value, ByteArrayDataOutput out);

  /**
   * Reads one value that fills the buffer.
   *
   * @throws IllegalArgumentException if the bytes are not a value
   * @throws BufferUnderflowException if there are too few
   */
  abstract T decode(ByteBuffer in);

  /** Names what is read, for messages. */
  abstract String what();

  /** Returns the collection concerned, null if it is not known before reading. */
  @Nullable String collection() {
    return null;
  }

  @Override
  public void write(WriteBuffer buffer, T value) {
    ByteArrayDataOutput out = ByteStreams.newDataOutput();
    encode(value, out);
    byte[] bytes = out.toByteArray();
    buffer.putInt(bytes.length).put(bytes).putInt(checksum(ByteBuffer.wrap(bytes)));
  }

  @Override
  public T read(ByteBuffer buffer) {
    try {
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining() - Integer.BYTES) {
        throw new IllegalArgumentException(
            "length " + length + " of 0.." + (buffer.remaining() - Integer.BYTES));
      }
      ByteBuffer bytes = buffer.slice(buffer.position(), length);
      buffer.position(buffer.position() + length);
      if (buffer.getInt() != checksum(bytes.duplicate())) {
        throw new IllegalArgumentException("checksum differs");
      }
      T value = decode(bytes);
      if (bytes.hasRemaining()) {
        throw new IllegalArgumentException(bytes.remaining() + " bytes left over");
      }
      return value;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      String why = e instanceof BufferUnderflowException ? "too short" : e.getMessage();
      throw new StoreException(
          StoreException.Reason.CORRUPT, collection(), what() + " is damaged: " + why, e);
    }
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
