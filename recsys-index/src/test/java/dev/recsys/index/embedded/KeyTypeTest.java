package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.Test;

class KeyTypeTest {
  private static final KeyType TEXTS = new KeyType(DataType.VARCHAR);
  private static final KeyType NUMBERS = new KeyType(DataType.INT64);

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "", "a", "b", "\u00e9", "\uFFFD", "\uE000", "\uD83C\uDFAC", "\uD800\uDC00")
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }

  private static ByteBuffer written(KeyType type, Object key) {
    WriteBuffer buffer = new WriteBuffer();
    type.write(buffer, key);
    ByteBuffer bytes = buffer.getBuffer();
    bytes.flip();
    return bytes;
  }

  @Property(tries = 1000, seed = "1")
  void textsAreOrderedByTheirBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
    int expected =
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(TEXTS.compare(a, b))).isEqualTo(Integer.signum(expected));
  }

  @Property(tries = 200, seed = "2")
  void textsComeBack(@ForAll("texts") String key) {
    ByteBuffer bytes = written(TEXTS, key);
    assertThat(TEXTS.read(bytes)).isEqualTo(key);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(TEXTS.getMemory(key)).isGreaterThanOrEqualTo(2 * key.length());
  }

  @Property(tries = 200, seed = "3")
  void numbersAreWrittenAsOlderStoresHaveThem(@ForAll long key, @ForAll long other) {
    WriteBuffer older = new WriteBuffer();
    LongDataType.INSTANCE.write(older, key);
    ByteBuffer expected = older.getBuffer();
    expected.flip();
    ByteBuffer bytes = written(NUMBERS, key);
    assertThat(bytes).isEqualTo(expected);
    assertThat(NUMBERS.read(bytes)).isEqualTo(key);
    assertThat(NUMBERS.compare(key, other)).isEqualTo(Long.compare(key, other));
  }

  @Test
  void aDamagedLengthReadsNoFurtherThanTheBytes() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {100, 'a', 'b'});
    assertThat(TEXTS.read(bytes)).isEqualTo("ab");
  }
}
