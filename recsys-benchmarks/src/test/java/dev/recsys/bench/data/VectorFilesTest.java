package dev.recsys.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written is read again; what is not a file of vectors is refused by name. */
class VectorFilesTest {
  private static Path scratch = Path.of("");

  @TempDir private Path directory;

  @BeforeContainer
  static void create() throws IOException {
    scratch = Files.createTempDirectory("vector-files");
  }

  @AfterContainer
  static void delete() throws IOException {
    try (Stream<Path> files = Files.list(scratch)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(scratch);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private Path file(int... values) throws IOException {
    return Files.write(directory.resolve("some.ivecs"), ints(values));
  }

  private static VectorFileException refusal(Path file) {
    VectorFileException byInts =
        catchThrowableOfType(VectorFileException.class, () -> VectorFiles.readInts(file));
    VectorFileException byFloats =
        catchThrowableOfType(VectorFileException.class, () -> VectorFiles.readFloats(file));
    assertThat(byInts).isNotNull();
    assertThat(byFloats).hasMessage(byInts.getMessage());
    assertThat(byInts.file()).isEqualTo(file);
    assertThat(byInts).hasMessageStartingWith(file + ": ");
    return byInts;
  }

  @Provide
  Arbitrary<float[][]> vectors() {
    Arbitrary<Float> floats = Arbitraries.floats();
    return Arbitraries.integers()
        .between(1, 40)
        .flatMap(
            dimension ->
                floats
                    .array(float[].class)
                    .ofSize(dimension)
                    .array(float[][].class)
                    .ofMinSize(1)
                    .ofMaxSize(20));
  }

  @Property(tries = 100)
  void floatsAreReadAsTheyWereWritten(@ForAll("vectors") float[][] vectors) throws IOException {
    Path file = scratch.resolve("floats.fvecs");
    VectorFiles.writeFloats(file, vectors);
    assertThat(VectorFiles.readFloats(file)).isDeepEqualTo(vectors);
    assertThat(Files.size(file)).isEqualTo(4L * vectors.length * (1 + vectors[0].length));
  }

  @Property(tries = 100)
  void intsAreReadAsTheyWereWritten(
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(min = 1, max = 50) int length,
      @ForAll long seed) {
    Random random = new Random(seed);
    int[][] rows = new int[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = random.ints(length).toArray();
    }
    Path file = scratch.resolve("ints.ivecs");
    VectorFiles.writeInts(file, rows);
    assertThat(VectorFiles.readInts(file)).isDeepEqualTo(rows);
  }

  @Property(tries = 200)
  void aTruncatedFileIsRefusedUnlessItEndsWithARecord(
      @ForAll @IntRange(min = 1, max = 8) int count,
      @ForAll @IntRange(min = 1, max = 9) int dimension,
      @ForAll @IntRange(min = 0, max = 400) int cut)
      throws IOException {
    Path file = scratch.resolve("cut.fvecs");
    VectorFiles.writeFloats(file, new float[count][dimension]);
    byte[] whole = Files.readAllBytes(file);
    int kept = Math.max(0, whole.length - cut);
    Files.write(file, Arrays.copyOf(whole, kept));
    int record = 4 * (1 + dimension);
    if (kept > 0 && kept % record == 0) {
      assertThat(VectorFiles.readFloats(file)).hasDimensions(kept / record, dimension);
    } else {
      VectorFileException refusal = refusal(file);
      assertThat(refusal.record()).isEqualTo(kept < record ? 0 : kept / record);
      assertThat(refusal).hasMessageContaining("record " + refusal.record());
    }
  }

  @Property(tries = 300)
  void anyBytesAreReadInFullOrRefused(@ForAll byte[] bytes) throws IOException {
    Path file = Files.write(scratch.resolve("any.fvecs"), bytes);
    try {
      float[][] read = VectorFiles.readFloats(file);
      assertThat(4L * read.length * (1 + read[0].length)).isEqualTo(bytes.length);
    } catch (VectorFileException e) {
      assertThat(e.file()).isEqualTo(file);
    }
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    assertThat(refusal(file()))
        .hasMessageEndingWith(
            "record 0: truncated: a record takes at least 8 bytes, the file has 0");
  }

  @Test
  void aNegativeDimensionIsRefusedWithTheRangeAllowed() throws IOException {
    assertThat(refusal(file(-3, 1, 2)))
        .hasMessageEndingWith("record 0: dimension must be in [1, 2], got -3");
  }

  @Test
  void aDimensionLargerThanTheFileIsRefusedBeforeAnythingIsAllocated() throws IOException {
    assertThat(refusal(file(Integer.MAX_VALUE, 1, 2)))
        .hasMessageEndingWith("record 0: dimension must be in [1, 2], got 2147483647");
  }

  @Test
  void aDimensionBeyondTheLargestIsRefusedHoweverLargeTheFile() throws IOException {
    int[] values = new int[32_770];
    values[0] = 32_769;
    assertThat(refusal(file(values)))
        .hasMessageEndingWith("record 0: dimension must be in [1, 32768], got 32769");
  }

  @Test
  void recordsOfAnotherDimensionAreRefusedByTheirNumber() throws IOException {
    VectorFileException refusal = refusal(file(2, 7, 7, 2, 7, 7, 1, 7, 7));
    assertThat(refusal.record()).isEqualTo(2);
    assertThat(refusal).hasMessageEndingWith("record 2: dimension must be 2 as in record 0, got 1");
  }

  @Test
  void aFileThatIsNotThereIsRefusedAsAWhole() {
    assertThat(refusal(directory.resolve("none.fvecs")).record()).isEqualTo(-1);
  }

  @Test
  void vectorsOfDifferentDimensionsAreNotWrittenAndLeaveTheFileAsItWas() throws IOException {
    Path file = directory.resolve("kept.fvecs");
    VectorFiles.writeFloats(file, new float[][] {{1, 2}});
    assertThatThrownBy(() -> VectorFiles.writeFloats(file, new float[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vector 1 must have dimension 2 as vector 0 has, got 1");
    assertThatThrownBy(() -> VectorFiles.writeInts(file, new int[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got none");
    assertThat(VectorFiles.readFloats(file)).isDeepEqualTo(new float[][] {{1, 2}});
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList()).isEqualTo(List.of(file));
    }
  }
}
