package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of JSON in records: a byte for the kind, then nothing for null, false and true, 8 bytes
 * for numbers, a text, or the number of elements (4 bytes) and these, in an object each behind its
 * key.
 */
final class JsonRecord {
  private static final byte NULL = 0;
  private static final byte FALSE = 1;
  private static final byte TRUE = 2;
  private static final byte INTEGER = 3;
  private static final byte REAL = 4;
  private static final byte TEXT = 5;
  private static final byte LIST = 6;
  private static final byte OBJECT = 7;

  private JsonRecord() {}

  static void write(@Nullable Object value, ByteArrayDataOutput out) {
    if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof Boolean truth) {
      out.writeByte(truth ? TRUE : FALSE);
    } else if (value instanceof Long number) {
      out.writeByte(INTEGER);
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte(REAL);
      out.writeDouble(number);
    } else if (value instanceof String text) {
      out.writeByte(TEXT);
      Text.write(text, out);
    } else if (value instanceof List<?> list) {
      out.writeByte(LIST);
      out.writeInt(list.size());
      list.forEach(element -> write(element, out));
    } else {
      object((Map<?, ?>) value, out);
    }
  }

  private static void object(Map<?, ?> object, ByteArrayDataOutput out) {
    out.writeByte(OBJECT);
    out.writeInt(object.size());
    object.forEach(
        (key, element) -> {
          Text.write((String) key, out);
          write(element, out);
        });
  }

  /**
   * Reads a value. How deep it nests is bounded by what was written, which has a checksum.
   *
   * @throws IllegalArgumentException if the bytes are not a value
   */
  static @Nullable Object read(ByteBuffer in) {
    byte kind = in.get();
    return switch (kind) {
      case NULL -> null;
      case FALSE -> false;
      case TRUE -> true;
      case INTEGER -> in.getLong();
      case REAL -> in.getDouble();
      case TEXT -> Text.read(in);
      case LIST -> list(in);
      case OBJECT -> object(in);
      default -> throw new IllegalArgumentException("no kind of JSON: " + kind);
    };
  }

  private static List<@Nullable Object> list(ByteBuffer in) {
    int size = size(in);
    List<@Nullable Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(read(in));
    }
    return list;
  }

  private static Map<String, @Nullable Object> object(ByteBuffer in) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int left = size(in); left > 0; left--) {
      object.put(Text.read(in), read(in));
    }
    return object;
  }

  private static int size(ByteBuffer in) {
    int size = in.getInt();
    // before anything is allocated
    if (size < 0 || size > in.remaining()) {
      throw new BufferUnderflowException();
    }
    return size;
  }
}
