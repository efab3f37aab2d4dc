package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionReaderTest {
  private static final int KIND = 77;

  @TempDir private Path folder;

  /** Takes some of what is left, in pieces from none to far more than a buffer. */
  private static int piece(Random random, int left) {
    return Math.min(left, random.nextInt(random.nextBoolean() ? 5 : 200_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 65_536, 65_537, 300_001})
  void whateverThePiecesTheSameIsReadAsWasWritten(int count) throws IOException {
    Random random = new Random(count);
    int[] ints = random.ints(count).toArray();
    long[] longs = random.longs(count).toArray();
    float[] floats = new float[count];
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextFloat();
    }
    Path path = folder.resolve("file");
    IndexFileWriter.write(
        path,
        KIND,
        out -> {
          out.section("INTS", o -> o.putInts(ints, 0, count));
          out.section("BYTES", o -> o.putBytes(bytes, 0, count));
          out.section("FLOATS", o -> o.putFloats(floats, 0, count));
          out.section(
              "LONGS",
              o -> {
                for (long value : longs) {
                  o.putLong(value);
                }
              });
        });
    IndexFile.read(
        path,
        KIND,
        file -> {
          int[] readInts = new int[count];
          long[] readLongs = new long[count];
          float[] readFloats = new float[count];
          byte[] readBytes = new byte[count];
          file.read(
              "INTS", 4L * count, in -> inPieces(random, count, (f, n) -> in.read(readInts, f, n)));
          file.read(
              "LONGS",
              8L * count,
              in -> inPieces(random, count, (f, n) -> in.read(readLongs, f, n)));
          file.read(
              "FLOATS",
              4L * count,
              in -> inPieces(random, count, (f, n) -> in.read(readFloats, f, n)));
          file.read(
              "BYTES", count, in -> inPieces(random, count, (f, n) -> in.read(readBytes, f, n)));
          assertThat(readInts).isEqualTo(ints);
          assertThat(readLongs).isEqualTo(longs);
          assertThat(readFloats).isEqualTo(floats);
          assertThat(readBytes).isEqualTo(bytes);
          return true;
        });
  }

  private interface Piece {
    void read(int from, int count) throws IOException;
  }

  private static void inPieces(Random random, int count, Piece piece) throws IOException {
    for (int from = 0, some; from < count; from += some) {
      some = piece(random, count - from);
      piece.read(from, some);
    }
  }

  @Test
  void damageAndOtherLengthsAreRefusedEvenWhereNothingIsTaken() throws IOException {
    Path path = folder.resolve("file");
    int[] values = new Random(1).ints(100_000).toArray();
    IndexFileWriter.write(
        path, KIND, out -> out.section("INTS", o -> o.putInts(values, 0, values.length)));
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 3] ^= 4;
    Path bad = Files.write(folder.resolve("bad"), bytes);
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> readNothing(bad, 400_000))
        .withMessageContaining("checksum of section INTS");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> readNothing(path, 399_996))
        .withMessageContaining("section INTS has 400000 bytes, 399996 expected");
    assertThat(readNothing(path, 400_000)).isTrue();
  }

  private static boolean readNothing(Path path, long length) {
    return IndexFile.read(
        path,
        KIND,
        Set.of("INTS"),
        file -> {
          file.read("INTS", length, in -> {});
          return true;
        });
  }
}
