package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import java.nio.ByteBuffer;

/** A name as a record: of the collection that an alias stands for, or of an entity's partition. */
final class NameType extends RecordType<String> {
  private static final int OVERHEAD = 64;

  @Override
  void encode(String name, ByteArrayDataOutput out) {
    Text.write(name, out);
  }

  @Override
  String decode(ByteBuffer in) {
    return Text.read(in);
  }

  @Override
  String what() {
    return "a name";
  }

  @Override
  public int getMemory(String name) {
    return OVERHEAD + 2 * name.length();
  }

  @Override
  public String[] createStorage(int size) {
    return new String[size];
  }
}
