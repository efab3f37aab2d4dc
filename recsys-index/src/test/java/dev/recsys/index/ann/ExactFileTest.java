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
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ExactFileTest {
  private static final int DIMENSION = 40;
  private static final int COUNT = 1_200;
  private static final float[][] VECTORS = VectorSets.lowRank(COUNT, DIMENSION, 5, 1);
  private static final float[][] QUERIES = VectorSets.lowRank(12, DIMENSION, 5, 2);
  private static final int PARAMS = 40;

  @TempDir private static Path shared;
  private static byte[] good = {};

  @TempDir private Path folder;

  @BeforeAll
  static void writeOne() throws IOException {
    Path path = shared.resolve("good.idx");
    filled(MetricType.IP).save(path);
    good = Files.readAllBytes(path);
  }

  private static ExactIndex filled(MetricType metric) {
    ExactIndex index = ExactIndex.builder(DIMENSION, metric).executor(Runnable::run).build();
    VectorSets.addAll(index, VECTORS);
    index.search(QUERIES[0], 1, 0, null);
    for (int i = 0; i < 90; i += 3) {
      index.remove(i);
    }
    assertThat(index.coded().codes()).isNotNull();
    return index;
  }

  private static void assertSame(ExactIndex actual, ExactIndex expected) {
    assertThat(actual.size()).isEqualTo(expected.size());
    for (float[] query : QUERIES) {
      SearchResult a = actual.search(query, 10, 0, null);
      SearchResult e = expected.search(query, 10, 0, null);
      assertThat(AnnIndexContract.ids(a)).isEqualTo(AnnIndexContract.ids(e));
      for (int i = 0; i < a.size(); i++) {
        assertThat(a.score(i)).isEqualTo(e.score(i));
      }
    }
  }

  private static int visited(ExactIndex index) {
    int visited = 0;
    for (float[] query : QUERIES) {
      visited += index.search(query, 10, 0, null).visited();
    }
    return visited;
  }

  @ParameterizedTest
  @EnumSource
  void aLoadedIndexFindsTheSameAndFollowsWritesTheSame(MetricType metric) {
    Path path = folder.resolve("index");
    ExactIndex index = filled(metric);
    index.save(path);
    ExactIndex loaded = ExactIndex.load(path, DIMENSION, metric);
    assertThat(loaded.coded().codes()).isNotNull();
    assertSame(loaded, index);
    assertThat(visited(loaded)).isEqualTo(visited(index)).isLessThan(QUERIES.length * COUNT / 4);

    for (ExactIndex each : new ExactIndex[] {index, loaded}) {
      for (int i = 0; i < 60; i += 2) {
        each.add(i, VECTORS[COUNT - 1 - i]);
      }
      each.add(5_000, VECTORS[7]);
      assertThat(each.remove(1_001)).isTrue();
    }
    assertSame(loaded, index);
    loaded.save(path);
    assertSame(ExactIndex.load(path), loaded);
  }

  @Test
  void codesOfAllComponentsAndNoCodesAreKept() {
    Path path = folder.resolve("index");
    ExactIndex flat = ExactIndex.builder(8, MetricType.IP).executor(Runnable::run).build();
    VectorSets.addAll(flat, VectorSets.flat(2_000, 8, 1));
    ExactIndex plain = ExactIndex.builder(8, MetricType.IP).build();
    VectorSets.addAll(plain, VectorSets.flat(200, 8, 1));
    for (ExactIndex index : new ExactIndex[] {flat, plain}) {
      index.search(new float[8], 1, 0, null);
      index.save(path);
      ExactIndex loaded = ExactIndex.load(path);
      assertThat(loaded.coded().codes() == null).isEqualTo(index == plain);
      for (float[] query : VectorSets.flat(10, 8, 2)) {
        assertThat(AnnIndexContract.ids(loaded.search(query, 9, 0, null)))
            .isEqualTo(AnnIndexContract.ids(index.search(query, 9, 0, null)));
      }
    }
  }

  @Test
  void whoLoadsAFileFoundAnIndexThatHadToBeFittedFirst() {
    Path path = folder.resolve("index");
    ExactIndex index = filled(MetricType.IP);
    for (int i = 0; i < COUNT / 2; i++) {
      index.add(COUNT + i, VECTORS[i]);
    }
    assertThat(index.coded().changes()).isGreaterThan(COUNT / 2);
    index.save(path);
    assertThat(ExactIndex.load(path).coded().changes()).isZero();
    assertSame(ExactIndex.load(path), index);
  }

  @Test
  void whatScalarKernelsGainNothingByIsTriedAgainByOthersOnly() {
    Path path = folder.resolve("index");
    Executor never = job -> {};
    ExactIndex index =
        ExactIndex.builder(DIMENSION, MetricType.IP)
            .kernels(new ScalarKernels())
            .executor(Runnable::run)
            .build();
    VectorSets.addAll(index, VECTORS);
    index.coded().adopt(null, 0, COUNT);
    index.save(path);
    CodedRows scalar = ExactFile.read(path, new ScalarKernels(), never).rows();
    assertThat(scalar.changes()).isZero();
    // these tests run with the Vector API
    CodedRows other = ExactFile.read(path, Kernels.BEST, never).rows();
    assertThat(other.changes()).isEqualTo(COUNT);
  }

  @Test
  void anIndexThatWasSavedWhileItWasFittedWasNeverFittedAgain() {
    Path path = folder.resolve("index");
    Executor never = job -> {};
    Executor another = job -> new Thread(job).start();
    for (Executor executor : new Executor[] {never, another}) {
      ExactIndex index = ExactIndex.builder(DIMENSION, MetricType.IP).executor(executor).build();
      VectorSets.addAll(index, VECTORS);
      index.search(QUERIES[0], 1, 0, null);
      index.save(path);
      CodedRows loaded = ExactIndex.load(path).coded();
      assertThat(loaded.codes()).isNotNull();
      assertThat(loaded.changes()).isLessThanOrEqualTo(COUNT / 8);
    }
  }

  @Test
  void emptyIndexesAndSingleVectorsAreKept() {
    Path path = folder.resolve("index");
    ExactIndex index = ExactIndex.builder(3, MetricType.L2).build();
    index.save(path);
    ExactIndex empty = ExactIndex.load(path);
    assertThat(empty.size()).isZero();
    empty.add(-5, new float[] {1, 2, 3});
    empty.save(path);
    ExactIndex loaded = ExactIndex.load(path);
    assertThat(loaded.search(new float[3], 4, 0, null).id(0)).isEqualTo(-5);
    loaded.add(6, new float[3]);
    assertThat(loaded.search(new float[3], 4, 0, null).id(0)).isEqualTo(6);
    assertThat(loaded.remove(-5)).isTrue();
    assertThat(loaded.search(new float[3], 4, 0, null).size()).isEqualTo(1);
  }

  @Test
  void mappedRowsInSeveralBlocksGoToTheHeapWhereTheyAreWritten() {
    Path path = folder.resolve("index");
    ExactIndex index = ExactIndex.builder(20_000, MetricType.IP).build();
    float[][] vectors = VectorSets.flat(60, 20_000, 4);
    VectorSets.addAll(index, vectors);
    index.save(path);
    ExactIndex loaded = ExactIndex.load(path);
    Rows rows = loaded.coded().rows();
    assertThat(rows.blockOf(0)).isNull();
    assertThat(rows.blockOf(59)).isNull();

    loaded.add(9, vectors[3]);
    loaded.remove(59);
    loaded.add(100, vectors[5]);
    assertThat(rows.blockOf(0)).isNull();
    assertThat(rows.blockOf(9)).isNotNull();
    assertThat(AnnIndexContract.ids(loaded.search(vectors[3], 2, 0, null))).containsExactly(3L, 9L);
    assertThat(AnnIndexContract.ids(loaded.search(vectors[5], 2, 0, null)))
        .containsExactly(5L, 100L);
  }

  @Test
  void anIndexMayBeSavedOverTheFileThatItIsMappedTo() {
    Path path = folder.resolve("index");
    ExactIndex index = ExactIndex.builder(10_000, MetricType.L2).build();
    VectorSets.addAll(index, VectorSets.flat(120, 10_000, 6));
    index.save(path);
    ExactIndex loaded = ExactIndex.load(path);
    loaded.save(path);
    loaded.save(path);
    ExactIndex again = ExactIndex.load(path);
    for (float[] query : VectorSets.flat(5, 10_000, 7)) {
      assertThat(AnnIndexContract.ids(again.search(query, 9, 0, null)))
          .isEqualTo(AnnIndexContract.ids(index.search(query, 9, 0, null)));
    }
  }

  @Test
  void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("something"), "there");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> filled(MetricType.IP).save(taken))
        .satisfies(e -> assertThat(e.path()).isEqualTo(taken));
    assertThat(taken.resolve("something")).hasContent("there");
  }

  private void assertRefused(byte[] bytes, String reason) throws IOException {
    Path path = Files.write(folder.resolve("bad"), bytes);
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> ExactIndex.load(path))
        .withMessageContaining(path.toString())
        .satisfies(e -> assertThat(e.path()).isEqualTo(path))
        .satisfies(e -> assertThat(e.reason()).contains(reason));
  }

  @Test
  void filesOfOtherKindsVersionsAndDimensionsAreRefusedByName() throws IOException {
    assertRefused(new byte[10_000], "not an index file");
    byte[] version = good.clone();
    version[8] = 9;
    assertRefused(version, "format version 9");
    Path graph = folder.resolve("graph");
    HnswIndex.builder(3, MetricType.IP).build().save(graph);
    assertRefused(Files.readAllBytes(graph), "kind 1, expected 2");
    Path path = Files.write(folder.resolve("good"), good);
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> ExactIndex.load(path, 7, MetricType.IP))
        .withMessageContaining("expected dimension 7 and metric IP, found 40 and IP");
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> ExactIndex.load(path, DIMENSION, MetricType.L2));
    assertThatExceptionOfType(IndexFileException.class)
        .isThrownBy(() -> ExactIndex.load(folder.resolve("none")))
        .withMessageContaining("there is no such file");
  }

  @Test
  void truncatedAndExtendedFilesAreRefused() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      assertRefused(Arrays.copyOf(good, random.nextInt(good.length)), "truncated");
    }
    assertRefused(Arrays.copyOf(good, good.length + 1), "truncated or extended");
  }

  /** Where the vectors begin, which come last. */
  private static int vectorsAt() {
    return good.length - (COUNT - 30) * DIMENSION * Float.BYTES;
  }

  /** Flips of padding between sections are harmless and may pass. */
  @Test
  void bitFlipsBeforeTheVectorsAreRefusedOrWithoutEffect() throws IOException {
    Random random = new Random(5);
    Path path = folder.resolve("flipped");
    ExactIndex original = ExactIndex.load(Files.write(folder.resolve("good"), good));
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(i % 2 == 0 ? vectorsAt() : IndexFile.PAGE)] ^=
          (byte) (1 << random.nextInt(8));
      Files.write(path, bytes);
      try {
        assertSame(ExactIndex.load(path), original);
      } catch (IndexFileException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(280);
  }

  @Test
  void damagedVectorsAreServedAndFoundByVerify() throws IOException {
    Random random = new Random(7);
    Path path = Files.write(folder.resolve("damaged"), good);
    ExactIndex.verify(path);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = good.clone();
      for (int at = vectorsAt() + random.nextInt(300); at < bytes.length; at += 701) {
        // every fourth time what is there are no numbers
        bytes[at] = (byte) (i % 4 == 0 ? 0xFF : random.nextInt());
      }
      Files.write(path, bytes);
      assertUsable(ExactIndex.load(path), random);
      assertThatExceptionOfType(IndexFileException.class)
          .isThrownBy(() -> ExactIndex.verify(path))
          .satisfies(e -> assertThat(e.reason()).contains("checksum of section VECTORS"));
    }
  }

  private static void assertUsable(ExactIndex index, Random random) {
    float[] query = AnnIndexContract.gaussian(random, index.dimension());
    assertThat(index.search(query, 10, 0, null).size()).isLessThanOrEqualTo(10);
    index.add(1, query);
    index.remove(2);
    index.coded().refitNow();
    assertThat(index.search(query, 10, 0, id -> id % 2 == 0).size()).isLessThanOrEqualTo(10);
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
        bytes[mutated(random)] = (byte) random.nextInt();
      }
      Path path = Files.write(folder.resolve("mutated"), sealed(bytes));
      try {
        assertUsable(ExactIndex.load(path), random);
        searched++;
      } catch (IndexFileException e) {
        assertThat(e.reason()).isNotEmpty();
      }
    }
    assertThat(searched).isBetween(20, 380);
  }

  /** Returns a place in the header, in the parameters, or anywhere. */
  private static int mutated(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(IndexFile.TABLE + 8 * IndexFile.ENTRY);
      case 1 -> IndexFile.PAGE + random.nextInt(PARAMS);
      default -> random.nextInt(good.length);
    };
  }

  @Test
  void aRowWithoutACodeOrWithTwoIsRefused() throws IOException {
    Path path = folder.resolve("index");
    ExactIndex index = filled(MetricType.IP);
    CodeGroup group = Objects.requireNonNull(index.coded().codes()).group(0);
    int held = group.slots[0];
    for (int wrong : new int[] {CodeGroup.FREE, group.slots[1], COUNT, -7}) {
      group.slots[0] = wrong;
      index.save(path);
      assertRefused(Files.readAllBytes(path), "not every row has one code");
    }
    group.slots[0] = held;
    index.save(path);
    assertThat(ExactIndex.load(path).size()).isEqualTo(index.size());
  }
}
