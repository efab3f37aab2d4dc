package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HnswFileTest {
  private static final int DIMENSION = 112;
  private static final float[][] VECTORS = VectorSets.lowRank(1_500, DIMENSION, 8, 1);
  private static final float[][] QUERIES = VectorSets.lowRank(40, DIMENSION, 8, 2);

  @TempDir private static Path shared;
  private static byte[] good = {};

  @TempDir private Path folder;

  @BeforeAll
  static void writeOne() throws IOException {
    Path path = shared.resolve("good.idx");
    filled(MetricType.IP).save(path);
    good = Files.readAllBytes(path);
  }

  private static HnswIndex filled(MetricType metric) {
    HnswIndex index = HnswIndex.builder(DIMENSION, metric).m(8).efConstruction(40).seed(3).build();
    VectorSets.addAll(index, VECTORS);
    for (int i = 0; i < 200; i += 3) {
      index.remove(i);
    }
    return index;
  }

  private static void assertSame(HnswIndex actual, HnswIndex expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (float[] query : QUERIES) {
      SearchResult a = actual.search(query, 10, 20, null);
      SearchResult e = expected.search(query, 10, 20, null);
      assertThat(AnnIndexContract.ids(a)).isEqualTo(AnnIndexContract.ids(e));
      assertThat(a.visited()).isEqualTo(e.visited());
      for (int i = 0; i < a.size(); i++) {
        assertThat(a.score(i)).isEqualTo(e.score(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLoadedIndexFindsTheSameAndGoesOnTheSame(MetricType metric) {
    Path path = folder.resolve("index");
    HnswIndex index = filled(metric);
    index.save(path);
    HnswIndex loaded = HnswIndex.load(path, DIMENSION, metric);
    assertSame(loaded, index);

    for (HnswIndex each : new HnswIndex[] {index, loaded}) {
      for (int i = 0; i < 400; i += 2) {
        each.add(i, VECTORS[VECTORS.length - 1 - i]);
      }
      each.remove(1_001);
    }
    assertSame(loaded, index);
    loaded.save(path);
    assertSame(HnswIndex.load(path), loaded);
  }

  @Test
  void emptyIndexesAndSingleVectorsAreKept() {
    Path path = folder.resolve("index");
    HnswIndex index = HnswIndex.builder(3, MetricType.L2).build();
    index.save(path);
    assertThat(HnswIndex.load(path).size()).isZero();
    index.add(-5, new float[] {1, 2, 3});
    index.save(path);
    HnswIndex loaded = HnswIndex.load(path);
    assertThat(loaded.search(new float[3], 4, 0, null).id(0)).isEqualTo(-5);
    loaded.add(6, new float[3]);
    assertThat(loaded.search(new float[3], 4, 0, null).id(0)).isEqualTo(6);
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
    Path missing = folder.resolve("missing").resolve("index");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> filled(MetricType.IP).save(missing))
        .satisfies(e -> assertThat(e.path()).isEqualTo(missing));
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("something"), "there");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> filled(MetricType.IP).save(taken));
    assertThat(taken.resolve("something")).hasContent("there");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  private void assertRefused(byte[] bytes, String reason) throws IOException {
    Path path = Files.write(folder.resolve("bad"), bytes);
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> HnswIndex.load(path))
        .withMessageContaining(path.toString())
        .satisfies(e -> assertThat(e.path()).isEqualTo(path))
        .satisfies(e -> assertThat(e.reason()).contains(reason));
  }

  @Test
  void aMissingFileIsNamed() {
    Path path = folder.resolve("none");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> HnswIndex.load(path))
        .withMessage("index file " + path + ": there is no such file");
  }

  @Test
  void filesOfOtherKindsVersionsAndDimensionsAreRefusedByName() throws IOException {
    assertRefused(new byte[0], "truncated");
    assertRefused(new byte[10_000], "not an index file");
    byte[] version = good.clone();
    version[8] = 9;
    assertRefused(version, "format version 9");
    byte[] kind = good.clone();
    kind[12] = 2;
    assertRefused(sealed(kind), "kind 2, expected 1");
    Path path = Files.write(folder.resolve("good"), good);
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> HnswIndex.load(path, 7, MetricType.IP))
        .withMessageContaining("expected dimension 7 and metric IP, found 112 and IP");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> HnswIndex.load(path, DIMENSION, MetricType.L2));
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      assertRefused(Arrays.copyOf(good, random.nextInt(good.length)), "truncated");
    }
    assertRefused(Arrays.copyOf(good, good.length + 1), "truncated or extended");
  }

  /** Flips of padding between sections are harmless and may pass. */
  @Test
  void bitFlipsAreRefusedOrWithoutEffect() throws IOException {
    Random random = new Random(5);
    Path path = folder.resolve("flipped");
    HnswIndex original = HnswIndex.load(Files.write(folder.resolve("good"), good));
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.clone();
      int at = i % 2 == 0 ? random.nextInt(good.length) : random.nextInt(IndexFile.PAGE);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, bytes);
      try {
        HnswIndex.verify(path);
        assertSame(HnswIndex.load(path), original);
      } catch (IndexFileException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(290);
  }

  @Test
  void damagedVectorsAreFoundByVerifyingAndLeaveTheIndexUsable() throws IOException {
    Random random = new Random(8);
    Path path = Files.write(folder.resolve("vectors"), good);
    HnswIndex.verify(path);
    for (int i = 0; i < 20; i++) {
      byte[] bytes = good.clone();
      for (int at = 0; at < 200; at++) {
        // every fourth time what is there are no numbers
        bytes[good.length - 1 - random.nextInt(20_000)] =
            (byte) (i % 4 == 0 ? 0xFF : random.nextInt());
      }
      Files.write(path, bytes);
      HnswIndex index = HnswIndex.load(path);
      assertThat(index.search(new float[DIMENSION], 10, 0, null).size()).isLessThanOrEqualTo(10);
      index.add(1, AnnIndexContract.gaussian(random, DIMENSION));
      assertThatExceptionOfType(IndexFileException.class)
          .isThrownBy(() -> HnswIndex.verify(path))
          .satisfies(e -> assertThat(e.reason()).contains("checksum of section VECTORS"));
    }
  }

  /** Makes the checksums of mutated bytes right, as damage would not but a forger does. */
  private static byte[] sealed(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int sections = Math.min(IndexFile.MAX_SECTIONS, Math.max(0, file.getInt(24)));
    for (int i = 0; i < sections; i++) {
      int entry = IndexFile.TABLE + i * IndexFile.ENTRY;
      long offset = file.getLong(entry + 8);
      long length = file.getLong(entry + 16);
      if (offset >= 0 && length >= 0 && offset <= bytes.length - length) {
        file.putInt(
            entry + 24, IndexFile.checksum(ByteBuffer.wrap(bytes, (int) offset, (int) length)));
      }
    }
    file.putInt(IndexFile.CHECKSUM_AT, 0);
    file.putInt(
        IndexFile.CHECKSUM_AT, IndexFile.checksum(ByteBuffer.wrap(bytes, 0, IndexFile.PAGE)));
    return bytes;
  }

  @Test
  void mutationsUnderRightChecksumsAreRefusedOrSearchableAndNeverWorse() throws IOException {
    Random random = new Random(6);
    int searched = 0;
    for (int i = 0; i < 400; i++) {
      byte[] bytes = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[mutated(random, bytes)] = (byte) random.nextInt();
      }
      Path path = Files.write(folder.resolve("mutated"), sealed(bytes));
      try {
        HnswIndex index = HnswIndex.load(path);
        float[] query = new float[index.dimension()];
        query[0] = 1;
        assertThat(index.search(query, 10, 20, null).size()).isLessThanOrEqualTo(10);
        index.add(1, query);
        index.remove(2);
        searched++;
      } catch (IndexFileException e) {
        assertThat(e.reason()).isNotEmpty();
      }
    }
    assertThat(searched).isBetween(20, 380);
  }

  @Test
  void anIdThatAForgerWroteTwiceIsRefusedOnceIdsAreLookedFor() throws IOException {
    byte[] bytes = good.clone();
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // the fourth section
    int ids = (int) file.getLong(IndexFile.TABLE + 3 * IndexFile.ENTRY + 8);
    assertThat(file.getLong(ids + 8 * 700)).isEqualTo(700);
    file.putLong(ids + 8 * 700, 701);
    HnswIndex index = HnswIndex.load(Files.write(folder.resolve("twice"), sealed(bytes)));
    assertThat(index.search(QUERIES[0], 10, 20, null).size()).isEqualTo(10);
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> index.add(5_000, VECTORS[0]))
        .withMessageContaining("an id is there twice");
    assertThatExceptionOfType(IndexFileException.class).isThrownBy(() -> index.contains(5));
  }

  /** Returns a place in the header, in the parameters, or anywhere. */
  private static int mutated(Random random, byte[] bytes) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(IndexFile.TABLE + 10 * IndexFile.ENTRY);
      case 1 -> IndexFile.PAGE + random.nextInt(HnswFile.PARAMS_LENGTH);
      default -> random.nextInt(bytes.length);
    };
  }
}
