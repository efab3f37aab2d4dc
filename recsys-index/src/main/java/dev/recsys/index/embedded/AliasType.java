package dev.recsys.index.embedded;

import com.google.common.io.ByteArrayDataOutput;
import java.nio.ByteBuffer;

/** The name of the collection that an alias stands for, as a record. */
final class AliasType extends RecordType<String> {
  private static final int OVERHEAD = 64;

  @Override
  void encode(String collection, ByteArrayDataOutput out) {
    Text.write(collection, out);
  }

  @Override
  String decode(ByteBuffer in) {
    return Text.read(in);
  }

  @Override
  String what() {
    return "an alias";
  }

  @Override
  public int getMemory(String collection) {
    return OVERHEAD + 2 * collection.length();
  }

  @Override
  public String[] createStorage(int size) {
    return new String[size];
  }
}
