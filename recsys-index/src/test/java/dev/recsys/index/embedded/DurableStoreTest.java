package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStoreTest {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("songs")
          .primaryKey("id", DataType.INT64)
          .vector("v", 4)
          .field("name", DataType.VARCHAR)
          .build();

  @TempDir Path parent;
  private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    directory = parent.resolve("deep/store");
    file = directory.resolve(StoreFile.NAME);
  }

  private static List<Entity> songs(int count) {
    return LongStream.range(0, count)
        .mapToObj(id -> Entity.of(id, new float[] {1, (float) id, 0, 2}).with("name", "song " + id))
        .toList();
  }

  private void fill(int count) {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.create(SCHEMA, IndexParams.flat(MetricType.IP)).upsert(songs(count));
    }
  }

  private static StoreException refusal(ThrowingCallable call) {
    StoreException refusal = catchThrowableOfType(StoreException.class, call);
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void aStoreHeldByAnotherProcessIsRefusedUntilThatEnds() throws Exception {
    fill(3);
    Process holder = StoreHolder.start(directory);
    try {
      StoreException refusal = refusal(() -> EmbeddedVectorStore.open(directory));
      assertThat(refusal.reason()).isEqualTo(StoreException.Reason.LOCKED);
      assertThat(refusal)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use by process " + holder.pid() + " since 20");
    } finally {
      holder.getOutputStream().close();
      assertThat(holder.waitFor()).isZero();
    }
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.collection("songs").count()).isEqualTo(3);
    }
    assertThat(directory.resolve(HolderNote.NAME)).doesNotExist();
  }

  @Test
  void aNoteOfAHolderThatCrashedOrIsNoneHoldsNobodyUpAndIsNotShown() throws Exception {
    Path note = directory.resolve(HolderNote.NAME);
    fill(3);
    Files.writeString(note, "process 1 since 2020-01-01T00:00:00Z");
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.list()).hasSize(1);
      assertThat(note).content().contains("process " + ProcessHandle.current().pid() + " since");
      for (String other : List.of("", "anything\u0007", "process 1 since 2020" + "0".repeat(999))) {
        Files.writeString(note, other);
        assertThat(refusal(() -> EmbeddedVectorStore.open(directory)))
            .hasMessageContaining("is in use here or elsewhere");
      }
    }
  }

  @Test
  void aStoreIsNotOpenedTwiceInOneProcess() {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(refusal(() -> EmbeddedVectorStore.open(directory)).reason())
          .isEqualTo(StoreException.Reason.LOCKED);
      assertThat(store.list()).isEmpty();
    }
  }

  @Test
  void writesOfAKilledProcessAreThereBatchByBatch() throws Exception {
    VectorStore killed = EmbeddedVectorStore.open(directory);
    VectorCollection songs = killed.create(SCHEMA, IndexParams.flat(MetricType.IP));
    songs.upsert(songs(10));
    songs.delete(0, 1);
    // what a killed process leaves behind is the file as it is now
    Path copy = Files.createDirectories(parent.resolve("copy"));
    Files.copy(file, copy.resolve(StoreFile.NAME));
    killed.close();

    try (VectorStore store = EmbeddedVectorStore.open(copy)) {
      assertThat(store.collection("songs").count()).isEqualTo(8);
      assertThat(store.collection("songs").get(9)).containsExactly(songs(10).get(9));
    }
  }

  @Test
  void aFileInThePlaceOfTheDirectoryIsRefusedAndKept() throws IOException {
    Path text = Files.writeString(parent.resolve("file"), "mine");
    StoreException refusal = refusal(() -> EmbeddedVectorStore.open(text));

    assertThat(refusal.reason()).isEqualTo(StoreException.Reason.IO);
    assertThat(refusal).hasMessageContaining(text.toString()).hasMessageContaining("directory");
    assertThat(text).hasContent("mine");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused() {
    Path impossible = parent.resolve("x".repeat(300));
    StoreException refusal = refusal(() -> EmbeddedVectorStore.open(impossible));
    assertThat(refusal.reason()).isEqualTo(StoreException.Reason.IO);
    assertThat(refusal).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aFileThatIsNoStoreIsRefusedAndLeftAsItWas() throws IOException {
    byte[] garbage = new byte[20_000];
    new Random(1).nextBytes(garbage);
    Files.createDirectories(directory);
    Files.write(file, garbage);

    StoreException refusal = refusal(() -> EmbeddedVectorStore.open(directory));
    assertThat(refusal.reason()).isEqualTo(StoreException.Reason.CORRUPT);
    assertThat(refusal).hasMessageContaining(directory.toString());
    assertThat(file).hasBinaryContent(garbage);
  }

  @Test
  void aDamagedEntityIsNamedAndTheFileLeftAsItWas() throws IOException {
    fill(50);
    byte[] bytes = Files.readAllBytes(file);
    byte[] title = "song 33".getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length - title.length; at++) {
      if (Arrays.equals(bytes, at, at + title.length, title, 0, title.length)) {
        bytes[at] = 'S';
      }
    }
    Files.write(file, bytes);

    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      StoreException refusal = refusal(() -> store.collection("songs"));
      assertThat(refusal.reason()).isEqualTo(StoreException.Reason.CORRUPT);
      assertThat(refusal.collection()).isEqualTo("songs");
      assertThat(refusal).hasMessageContaining("songs").hasMessageContaining("checksum");
    }
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void noMutationOfTheFileGivesAnythingButTheDataOrOneException() throws IOException {
    fill(200);
    byte[] good = Files.readAllBytes(file);
    Path record = directory.resolve(DurableVersion.NAME);
    byte[] version = Files.readAllBytes(record);
    Random random = new Random(99);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      byte[] bad = mutated(good, random);
      Files.write(file, bad);
      Files.write(record, version);
      boolean opened = false;
      try (VectorStore store = EmbeddedVectorStore.open(directory)) {
        opened = true;
        // names have no checksum: a collection can be hidden or seem empty, but not be shortened
        if (store.has("songs")) {
          VectorCollection songs = store.collection("songs");
          assertThat(songs.count()).isIn(0L, 200L);
          List<Entity> found = songs.get(LongStream.range(0, 200).toArray());
          assertThat(found).isEqualTo(songs.count() == 0 ? List.of() : songs(200));
        }
      } catch (StoreException e) {
        refused++;
        assertThat(e.reason())
            .isIn(
                StoreException.Reason.CORRUPT,
                StoreException.Reason.IO,
                StoreException.Reason.NEWER_VERSION);
        // what is opened makes anew what it misses, as under a name that is damaged
        if (!opened) {
          assertThat(file).hasBinaryContent(bad);
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] mutated(byte[] good, Random random) {
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(good, 1 + random.nextInt(good.length - 1));
    }
    byte[] bad = good.clone();
    for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bad;
  }

  @Test
  void aCollectionOfANewerFormatIsRefusedByName() {
    fill(1);
    MVStore raw = MVStore.open(file.toString());
    raw.openMap(
            "collections",
            new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE)
                .valueType(new RawType()))
        .put("later", new byte[] {DescriptorType.VERSION + 1});
    raw.close();

    StoreException refusal =
        refusal(
            () -> {
              try (VectorStore store = EmbeddedVectorStore.open(directory)) {
                store.collection("later");
              }
            });
    assertThat(refusal.reason()).isEqualTo(StoreException.Reason.NEWER_VERSION);
    assertThat(refusal).hasMessageContaining("format 5").hasMessageContaining("up to 4");
  }

  @Test
  void aFailedWriteLeavesNothingBehind() {
    Database database = Database.open(directory, Durability.FLUSH);
    MVMap<Object, Entity> map = database.entities(SCHEMA);
    List<Entity> songs = songs(2);
    database.write(() -> map.put(1L, songs.get(1)));
    Runnable failing =
        () -> {
          map.put(0L, songs.get(0));
          map.remove(1L);
          throw new IllegalArgumentException("in between");
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> database.write(failing))
        .withMessage("in between");
    assertThat(map.get(1L)).isEqualTo(songs.get(1));
    assertThat(map.sizeAsLong()).isEqualTo(1);
    database.close();
  }

  @Test
  void aStoreThatWasNeverFilledIsEmptyAgain() {
    EmbeddedVectorStore.open(directory).close();
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.list()).isEmpty();
    }
    assertThat(directory).isDirectoryContaining(path -> path.equals(file));
  }

  @Test
  void whatAnInterruptedCreationLeftIsReplaced() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(StoreFile.NAME + ".new"), "half a store");
    fill(2);
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.collection("songs").count()).isEqualTo(2);
    }
  }

  @Test
  void aCollectionIsDroppedWithoutBeingOpened() {
    fill(2);
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.drop("songs");
      assertThat(store.has("songs")).isFalse();
    }
    fill(3);
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.collection("songs").count()).isEqualTo(3);
    }
  }
}
