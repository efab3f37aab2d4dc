package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in the file of an index, a collection is what its entities are. */
class KeptIndexTest {
  private static final int SIZE = 1_200;

  @TempDir Path directory;

  private static CollectionSchema schema(String name) {
    return CollectionSchema.builder(name).primaryKey("id", DataType.INT64).vector("v", 8).build();
  }

  private static IndexParams params(String type) {
    return switch (type) {
      case "FLAT" -> IndexParams.flat(MetricType.COSINE);
      case "AUTOINDEX" -> IndexParams.auto(MetricType.COSINE);
      default -> IndexParams.hnsw(MetricType.COSINE).m(8);
    };
  }

  private static Entity entity(long id, long seed) {
    Random random = new Random(id * 31 + seed);
    float[] vector = new float[8];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return Entity.of(id, vector);
  }

  private static List<Entity> entities(long from, long to, long seed) {
    return LongStream.range(from, to).mapToObj(id -> entity(id, seed)).toList();
  }

  private void create(String name, String type, int size) {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.create(schema(name), params(type)).upsert(entities(0, size, 1));
    }
  }

  private Path file(String name) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(name + "-"))
          .reduce((a, b) -> a.compareTo(b) > 0 ? a : b)
          .orElseThrow();
    }
  }

  /** Returns how many vectors are there before any entity was looked at. */
  private int found(String name, String type) {
    int dimension = schema(name).vector().dimension();
    return new KeptIndex(dimension, params(type), new SideFile(directory, name)).index().size();
  }

  private void assertIsWhatItsEntitiesAre(String name, List<Entity> expected) {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection collection = store.collection(name);
      assertThat(collection.count()).isEqualTo(expected.size());
      for (Entity entity : expected.subList(0, 100)) {
        SearchRequest nearest = SearchRequest.nearest(entity.vector()).limit(1).ef(300);
        assertThat(collection.search(nearest).get(0).id()).isEqualTo(entity.id());
      }
      assertThat(collection.search(SearchRequest.nearest(entity(1, 1).vector()).limit(5_000)))
          .hasSize(expected.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLAT", "HNSW", "AUTOINDEX"})
  void aClosedStoreKeepsTheIndex(String type) throws IOException {
    create("a", type, SIZE);

    assertThat(file("a")).hasFileName("a-1.index");
    assertThat(found("a", type)).isEqualTo(SIZE);
    assertIsWhatItsEntitiesAre("a", entities(0, SIZE, 1));
    assertThat(file("a")).hasFileName("a-1.index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLAT", "HNSW", "AUTOINDEX"})
  void aStaleFileIsBroughtUpToTheEntities(String type) throws IOException {
    create("a", type, SIZE);
    Path old = Files.copy(file("a"), directory.resolve("old"));
    List<Entity> expected = new ArrayList<>(entities(0, 50, 2));
    expected.addAll(entities(50, SIZE - 100, 1));
    expected.addAll(entities(SIZE, SIZE + 30, 1));
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection collection = store.collection("a");
      collection.upsert(expected);
      collection.delete(LongStream.range(SIZE - 100, SIZE).toArray());
    }
    assertThat(file("a")).hasFileName("a-2.index");
    Files.move(old, file("a"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(found("a", type)).isEqualTo(SIZE);
    assertIsWhatItsEntitiesAre("a", expected);
    assertThat(found("a", type)).isEqualTo(SIZE - 70);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLAT", "HNSW", "AUTOINDEX"})
  void aDamagedFileIsNoLoss(String type) throws IOException {
    create("a", type, SIZE);
    byte[] bytes = Files.readAllBytes(file("a"));
    bytes[bytes.length - 100] ^= 1;
    Files.write(file("a"), bytes);

    assertThat(found("a", type)).isZero();
    assertIsWhatItsEntitiesAre("a", entities(0, SIZE, 1));
    assertThat(found("a", type)).isEqualTo(SIZE);
  }

  @Test
  void theFileOfAnotherCollectionOrTypeIsNoLoss() throws IOException {
    create("a", "FLAT", SIZE);
    create("b", "HNSW", SIZE + 100);
    Files.move(file("b"), file("a"), StandardCopyOption.REPLACE_EXISTING);

    assertIsWhatItsEntitiesAre("a", entities(0, SIZE, 1));
    assertIsWhatItsEntitiesAre("b", entities(0, SIZE + 100, 1));
  }

  @Test
  void whatACrashLeftHalfWrittenIsRemoved() throws IOException {
    create("a", "HNSW", SIZE);
    Path half = Files.writeString(directory.resolve("a-2.index.123.tmp"), "half");
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.collection("a").upsert(entities(0, 300, 5));
    }
    assertThat(half).doesNotExist();
    assertThat(file("a")).hasFileName("a-2.index");
  }

  @Test
  void aFlushAfterManyWritesKeepsTheIndexAndOneAfterFewDoesNot() throws IOException {
    create("a", "HNSW", SIZE);
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection collection = store.collection("a");
      collection.upsert(entities(0, 50, 2));
      collection.flush();
      assertThat(file("a")).hasFileName("a-1.index");
      collection.upsert(entities(50, 200, 2));
      collection.flush();
      assertThat(file("a")).hasFileName("a-2.index");
    }
    assertThat(file("a")).hasFileName("a-2.index");
  }

  @Test
  void aDroppedCollectionLeavesNoFileToTheNextOfItsName() throws IOException {
    create("a", "FLAT", SIZE);
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.drop("a");
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.index");
    create("a", "FLAT", 10);
    assertThat(directory).isDirectoryNotContaining("glob:**.index");
  }

  @Test
  void aListenerHearsHowFarTheIndexIs() {
    create("a", "HNSW", 2_500);
    List<String> heard = new ArrayList<>();
    EmbeddedOptions options =
        EmbeddedOptions.defaults()
            .listener((name, done, total) -> heard.add(name + " " + done + "/" + total));
    try (VectorStore store = EmbeddedVectorStore.open(directory, options)) {
      store.collection("a");
    }
    assertThat(heard).containsExactly("a 1000/2500", "a 2000/2500", "a 2500/2500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLAT", "HNSW", "AUTOINDEX"})
  void theIndexOfACollectionWithTextsAsKeysIsKept(String type) throws IOException {
    CollectionSchema schema =
        CollectionSchema.builder("t").primaryKey("id", DataType.VARCHAR).vector("v", 8).build();
    List<Entity> expected = new ArrayList<>();
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection collection = store.create(schema, params(type));
      for (long id = 0; id < SIZE; id++) {
        expected.add(Entity.of("key " + id * 7919 % SIZE, entity(id, 1).vector()));
      }
      collection.upsert(expected);
    }
    SideFile file = new SideFile(directory, "t");
    int dimension = schema.vector().dimension();
    assertThat(new KeptIndex(dimension, params(type), file).index().size()).isEqualTo(SIZE);
    for (int opened = 0; opened < 2; opened++) {
      try (VectorStore store = EmbeddedVectorStore.open(directory)) {
        VectorCollection collection = store.collection("t");
        assertThat(collection.count()).isEqualTo(expected.size());
        for (Entity entity : expected.subList(0, 100)) {
          SearchRequest nearest = SearchRequest.nearest(entity.vector()).limit(1).ef(300);
          assertThat(collection.search(nearest).get(0).key()).isEqualTo(entity.key());
        }
        collection.delete(List.of(String.valueOf(expected.remove(0).key())));
      }
      assertThat(file("t")).hasFileName("t-" + (opened + 2) + ".index");
    }
  }
}
