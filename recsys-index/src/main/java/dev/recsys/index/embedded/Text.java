package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Strings in records: the number of bytes (4 bytes), then UTF-8. */
final class Text {
  private Text() {}

  static void write(String text, ByteArrayDataOutput out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String read(ByteBuffer in) {
    int length = in.getInt();
    // before anything is allocated
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
