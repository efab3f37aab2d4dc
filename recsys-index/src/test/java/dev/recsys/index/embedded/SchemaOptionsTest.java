package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.Entity;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nulls, defaults and lengths, which a server of the tests does not have. */
class SchemaOptionsTest {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("c")
          .add(FieldSchema.primaryKey("k", DataType.VARCHAR).withMaxLength(7))
          .vector("v", 1)
          .add(FieldSchema.scalar("s", DataType.VARCHAR).asNullable().withMaxLength(5))
          .add(FieldSchema.scalar("n", DataType.INT8).withDefault(-3))
          .add(FieldSchema.scalar("f", DataType.FLOAT).withDefault(0.1f))
          .add(FieldSchema.scalar("b", DataType.BOOL).withDefault(true))
          .add(FieldSchema.scalar("t", DataType.VARCHAR).withDefault("none").asNullable())
          .add(FieldSchema.array("a", DataType.INT32).asNullable())
          .add(FieldSchema.scalar("j", DataType.JSON).asNullable())
          .dynamicField()
          .build();
  private static final IndexParams FLAT = IndexParams.flat(MetricType.L2);

  @TempDir Path directory;

  private static Entity entity(String key) {
    return Entity.of(key, new float[1]);
  }

  @Test
  void aSchemaWithAllOptionsIsThereAfterReopening() {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.create(SCHEMA, FLAT);
    }
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      assertThat(store.collection("c").schema()).isEqualTo(SCHEMA);
    }
  }

  @Test
  void nullsStayNullAndDefaultsTakeThePlaceOfWhatIsMissing() {
    Entity bare = entity("bare");
    Entity full =
        entity("full")
            .with("s", "text")
            .with("n", 1)
            .with("f", 2f)
            .with("b", false)
            .with("t", "t")
            .with("a", List.of(1))
            .with("j", Map.of("k", 1L))
            .with("more", 5L);
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      store.create(SCHEMA, FLAT).upsert(List.of(bare, full));
    }
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection collection = store.collection("c");
      assertThat(collection.get(List.of("full", "bare")))
          .containsExactly(
              full, bare.with("n", -3).with("f", 0.1f).with("b", true).with("t", "none"));
      QueryRequest nulls = QueryRequest.where("s is null and a is null and not (j is not null)");
      assertThat(collection.query(nulls.outputFields("s", "n", "more")))
          .containsExactly(Map.of("k", "bare", "n", -3));
      assertThat(collection.count(Filter.parse("t == 'none' or more == 5"))).isEqualTo(2);
      assertThat(collection.count(Filter.parse("not (s == 'text')"))).isZero();
    }
  }

  @Test
  void textsThatAreTooLongAreRefused() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection collection = store.create(SCHEMA, FLAT);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> collection.upsert(List.of(entity("k").with("s", "\u00e9\u00e9\u00e9"))))
          .withMessageContaining("at most 5 bytes, received 6");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> collection.upsert(List.of(entity("12345678"))))
          .withMessageContaining("entity 12345678")
          .withMessageContaining("at most 7 bytes");
      assertThat(collection.count()).isZero();
    }
  }

  @Test
  void aFieldThatIsNotDeclaredTakesNoNameOfOneThatIs() {
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection collection = store.create(SCHEMA, FLAT);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> collection.upsert(List.of(entity("k").with("v", 1))))
          .withMessageContaining("[v]");
    }
  }

  @Test
  void anEntityIsFoundByAnotherPartitionKeyOnceItIsOverwritten() {
    CollectionSchema keyed =
        CollectionSchema.builder("keyed")
            .primaryKey("id", DataType.INT64)
            .vector("v", 1)
            .field("tenant", DataType.INT64)
            .partitionKey("tenant")
            .build();
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection collection = store.create(keyed, FLAT);
      collection.upsert(List.of(Entity.of(1, new float[1]).with("tenant", 1)));
      collection.upsert(List.of(Entity.of(1, new float[1]).with("tenant", 2)));
      assertThat(collection.count(Filter.parse("tenant == 1"))).isZero();
      assertThat(collection.count(Filter.parse("tenant == 2"))).isEqualTo(1);
    }
  }

  @Test
  void anEntityUpsertedIntoAnotherPartitionIsMoved() {
    CollectionSchema plain =
        CollectionSchema.builder("plain").primaryKey("id", DataType.INT64).vector("v", 1).build();
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      VectorCollection collection = store.create(plain, FLAT);
      collection.createPartition("p");
      collection.createPartition("q");
      collection.upsert(List.of(Entity.of(1, new float[1]), Entity.of(2, new float[1])));
      collection.upsert(List.of(Entity.of(1, new float[1])), "p");
      collection.upsert(List.of(Entity.of(1, new float[1])), "q");
      assertThat(collection.statistics()).isEqualTo(Map.of("_default", 1L, "p", 0L, "q", 1L));
      collection.upsert(List.of(Entity.of(1, new float[1])));
      assertThat(collection.statistics()).isEqualTo(Map.of("_default", 2L, "p", 0L, "q", 0L));
    }
  }
}
