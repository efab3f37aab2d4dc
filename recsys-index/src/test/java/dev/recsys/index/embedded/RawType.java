package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import java.nio.ByteBuffer;

/** Any bytes as a record, with the checksum that makes a reader look at them. */
final class RawType extends RecordType<byte[]> {
  @Override
  void encode(byte[] value, ByteArrayDataOutput out) {
    out.write(value);
  }

  @Override
  byte[] decode(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return bytes;
  }

  @Override
  String what() {
    return "bytes";
  }

  @Override
  public int getMemory(byte[] value) {
    return value.length;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
