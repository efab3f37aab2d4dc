package dev.recsys.index.embedded;

import dev.recsys.index.schema.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Primary keys in the map of the entities: a Long as a number of variable length, or a String as
 * the number of its bytes and UTF-8. Texts are ordered by their bytes, as Milvus orders them.
 */
final class KeyType extends BasicDataType<Object> {
  /** The order of texts by code points, which is that of their bytes in UTF-8. */
  static final Comparator<String> BY_CODE_POINT = KeyType::compareTexts;

  private static final int LONG_BYTES = 24;
  private static final int TEXT_OVERHEAD = 40;

  private final boolean texts;

  /** Makes the type of a primary key. */
  KeyType(DataType type) {
    this.texts = type == DataType.VARCHAR;
  }

  @Override
  public int compare(Object a, Object b) {
    return texts ? compareTexts((String) a, (String) b) : Long.compare((long) a, (long) b);
  }

  private static int compareTexts(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // what lies beyond 16 bits begins with a surrogate, and comes after all that does not
        boolean beyond = Character.isSurrogate(x);
        return beyond == Character.isSurrogate(y) ? Character.compare(x, y) : beyond ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  @Override
  public int getMemory(Object key) {
    return texts ? TEXT_OVERHEAD + 2 * ((String) key).length() : LONG_BYTES;
  }

  @Override
  public void write(WriteBuffer buffer, Object key) {
    if (texts) {
      byte[] bytes = ((String) key).getBytes(StandardCharsets.UTF_8);
      buffer.putVarInt(bytes.length).put(bytes);
    } else {
      buffer.putVarLong((long) key);
    }
  }

  @Override
  public Object read(ByteBuffer buffer) {
    if (!texts) {
      return DataUtils.readVarLong(buffer);
    }
    int length = DataUtils.readVarInt(buffer);
    // a damaged length reads what there is; the entity has its own key, which is compared
    int kept = Math.max(0, Math.min(length, buffer.remaining()));
    String key = StandardCharsets.UTF_8.decode(buffer.slice(buffer.position(), kept)).toString();
    buffer.position(buffer.position() + kept);
    return key;
  }

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }
}
