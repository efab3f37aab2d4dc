package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that have lost something since it was durable, and stores that only look like it. */
class DurableVersionTest {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("songs").primaryKey("id", DataType.INT64).vector("v", 8).build();

  @TempDir Path directory;
  private Path file;
  private Path record;

  @BeforeEach
  void name() {
    file = directory.resolve(StoreFile.NAME);
    record = directory.resolve(DurableVersion.NAME);
  }

  private static List<Entity> songs(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(id -> Entity.of(id, new float[] {(float) id, 1, 2, 3, 4, 5, 6, 7}))
        .toList();
  }

  /** Adds batches, each a commit, to the store in the directory. */
  private void addBatches(int from, int to) {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection songs =
          store.has("songs")
              ? store.collection("songs")
              : store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      for (int batch = from; batch < to; batch++) {
        songs.upsert(songs(batch * 100L, batch * 100L + 100));
      }
    }
  }

  private long count() {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      return store.collection("songs").count();
    }
  }

  private StoreException damage() {
    StoreException refusal =
        catchThrowableOfType(
            StoreException.class, () -> EmbeddedVectorStore.open(directory).close());
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(StoreException.Reason.CORRUPT);
    assertThat(refusal).hasMessageContaining(directory.toString());
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 50, 70, 90, 99})
  void aTruncatedFileOpenedAsAnEarlierState(int percent) throws IOException {
    addBatches(0, 20);
    byte[] whole = Files.readAllBytes(file);
    byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
    byte[] version = Files.readAllBytes(record);
    Files.write(file, cut);

    damage();
    assertThat(file).hasBinaryContent(cut);
    assertThat(record).hasBinaryContent(version);
    Files.write(file, whole);
    assertThat(count()).isEqualTo(2_000);
  }

  @Test
  void theRefusalSaysWhatWasLostAndWhichFileKnows() throws IOException {
    addBatches(0, 20);
    byte[] whole = Files.readAllBytes(file);
    String known = Files.readString(record);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(damage())
        .hasMessageContaining("lost its end")
        .hasMessageContaining(known.substring(0, known.indexOf(' ')))
        .hasMessageContaining(DurableVersion.NAME);
  }

  @Test
  void anEmptyFileBecameANewStore() throws IOException {
    for (boolean recorded : new boolean[] {true, false}) {
      addBatches(0, 1);
      Files.write(file, new byte[0]);
      if (!recorded) {
        Files.delete(record);
      }
      assertThat(damage()).hasMessageContaining("store.mv is empty");
      assertThat(file).hasSize(0);
      Files.delete(file);
      Files.deleteIfExists(record);
    }
  }

  @Test
  void aMissingFileBecameANewStore() throws IOException {
    addBatches(0, 1);
    Files.delete(file);
    assertThat(damage()).hasMessageContaining("store.version is there without store.mv");
    assertThat(file).doesNotExist();

    Files.delete(record);
    addBatches(0, 2);
    assertThat(count()).isEqualTo(200);
  }

  @Test
  void whatWasFlushedIsMissedThoughTheStoreWasNotClosed(@TempDir Path copy) throws IOException {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection songs = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      songs.upsert(songs(0, 100));
      Files.copy(file, copy.resolve("earlier"));
      songs.upsert(songs(100, 200));
      songs.flush();
      Files.copy(record, copy.resolve(DurableVersion.NAME));
    }
    Files.move(copy.resolve("earlier"), copy.resolve(StoreFile.NAME));
    directory = copy;
    assertThat(damage()).hasMessageContaining("lost its end");
  }

  @Test
  void commitsAfterTheLastFlushAreNotVouchedFor(@TempDir Path copy) throws IOException {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection songs = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      songs.upsert(songs(0, 100));
      songs.flush();
      Files.copy(file, copy.resolve(StoreFile.NAME));
      Files.copy(record, copy.resolve(DurableVersion.NAME));
      songs.upsert(songs(100, 200));
    }
    directory = copy;
    assertThat(count()).isEqualTo(100);
  }

  @Test
  void aCrashBeforeTheRecordIsReplacedRefusesNothing() throws IOException {
    addBatches(0, 1);
    byte[] lagging = Files.readAllBytes(record);
    addBatches(1, 5);
    assertThat(Files.readAllBytes(record)).isNotEqualTo(lagging);
    Files.write(record, lagging);
    Files.writeString(directory.resolve(DurableVersion.NAME + ".new"), "99");
    assertThat(count()).isEqualTo(500);
    assertThat(Files.readAllBytes(record)).isNotEqualTo(lagging);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "99", "99 00000000\n", "-1 x", "9999999999999999999999 0\n"})
  void aRecordThatCannotBeReadRefusesNothing(String text) throws IOException {
    addBatches(0, 3);
    Files.writeString(record, text);
    assertThat(count()).isEqualTo(300);
  }

  @Test
  void aStoreWithoutARecordIsOpenedAndGetsOne() throws IOException {
    addBatches(0, 3);
    byte[] version = Files.readAllBytes(record);
    Files.delete(record);
    assertThat(count()).isEqualTo(300);
    assertThat(record).hasBinaryContent(version);
  }

  @Test
  void closingAgainAndAgainDamagedTheFileWhereAssertionsAreOn() {
    for (int batch = 0; batch < 30; batch++) {
      addBatches(batch % 7, batch % 7 + 1 + batch % 3);
      assertThat(count()).isPositive();
      try (VectorStore store = EmbeddedVectorStore.open(directory)) {
        if (batch % 5 == 4) {
          store.drop("songs");
          store.create(SCHEMA, IndexParams.flat(MetricType.IP)).flush();
        }
      }
    }
  }
}
