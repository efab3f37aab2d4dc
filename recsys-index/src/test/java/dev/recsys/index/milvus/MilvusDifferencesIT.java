package dev.recsys.index.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.recsys.index.Entity;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.milvus.MilvusServer;
import dev.recsys.milvus.WithMilvus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Milvus 2.3.5 does otherwise: the table in {@code src/docs/milvus.md}, line by line. */
@ExtendWith(WithMilvus.class)
class MilvusDifferencesIT {
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("differences")
          .primaryKey("id", DataType.INT64)
          .vector("v", 2)
          .field("n", DataType.INT64)
          .field("m", DataType.INT64)
          .field("s", DataType.VARCHAR)
          .arrayField("floats", DataType.FLOAT)
          .arrayField("ints", DataType.INT32)
          .field("j", DataType.JSON)
          .dynamicField()
          .build();

  private VectorStore here;
  private VectorStore there;

  @BeforeEach
  void open() {
    here = EmbeddedVectorStore.inMemory();
    there = MilvusVectorStore.connect(MilvusServer.URI);
    there.drop(SCHEMA.name());
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static VectorCollection filled(VectorStore store) {
    VectorCollection collection = store.create(SCHEMA, IndexParams.flat(MetricType.L2));
    collection.upsert(List.of(entity(1), entity(2)));
    return collection;
  }

  private static Entity entity(int id) {
    Map<String, Object> json = new HashMap<>();
    json.put("k", id == 1 ? null : "k");
    json.put("big", (1L << 53) + id);
    return Entity.of(id, new float[] {id, 0})
        .with("n", 10 * id)
        .with("m", 10)
        .with("s", id == 1 ? "a%b" : "axb")
        .with("floats", List.of(0.1f * id))
        .with("ints", List.of(id, id))
        .with("j", json)
        .with("whole", (double) (1L << 53));
  }

  private record Case(List<Long> ours, String theirs) {}

  /** What each filter finds in process, and what on the server; "refused" where that is refused. */
  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("exists j['k']", new Case(List.of(2L), "[1, 2]"));
    cases.put("n - 1 > 10", new Case(List.of(2L), "refused"));
    cases.put("array_length(ints) >= 2", new Case(List.of(1L, 2L), "refused"));
    cases.put("n + m == 20", new Case(List.of(1L), "refused"));
    cases.put("n > m", new Case(List.of(2L), "[2]"));
    cases.put("n ** 2 == 100", new Case(List.of(1L), "refused"));
    cases.put("(n & 2) == 2", new Case(List.of(1L), "refused"));
    cases.put("n == 10.0", new Case(List.of(1L), "refused"));
    cases.put("n == -9223372036854775808", new Case(List.of(), "refused"));
    cases.put("array_contains(floats, 0.1)", new Case(List.of(1L), "[]"));
    cases.put("floats[0] == 0.1", new Case(List.of(1L), "[]"));
    cases.put("s like '%b'", new Case(List.of(1L, 2L), "refused"));
    cases.put("s like 'a%b'", new Case(List.of(1L, 2L), "refused"));
    cases.put("s like 'a_b'", new Case(List.of(1L, 2L), "[]"));
    cases.put("s like 'a\\\\%%'", new Case(List.of(1L), "[]"));
    cases.put("j is null", new Case(List.of(), "refused"));
    cases.put("j['big'] > 9007199254740993", new Case(List.of(2L), "[2]"));
    cases.put("ints == [1, 1]", new Case(List.of(1L), "[1]"));
    cases.put("ints[5] != 1", new Case(List.of(), "[]"));
    cases.put("not (ints[5] == 1)", new Case(List.of(1L, 2L), "[1, 2]"));
    return cases;
  }

  @TestFactory
  Stream<DynamicTest> filters() {
    VectorCollection ours = filled(here);
    VectorCollection theirs = filled(there);
    return cases().entrySet().stream()
        .map(
            each ->
                dynamicTest(
                    each.getKey(),
                    () -> {
                      QueryRequest query = QueryRequest.where(each.getKey());
                      assertThat(ids(ours, query)).isEqualTo(each.getValue().ours());
                      assertThat(answer(theirs, query)).isEqualTo(each.getValue().theirs());
                    }));
  }

  private static List<Long> ids(VectorCollection collection, QueryRequest query) {
    return collection.query(query).stream().map(row -> (Long) row.get("id")).toList();
  }

  private static String answer(VectorCollection collection, QueryRequest query) {
    try {
      return ids(collection, query).toString();
    } catch (StoreException e) {
      assertThat(e.reason()).isEqualTo(StoreException.Reason.REFUSED);
      return "refused";
    }
  }

  @Test
  void aWholeFloatingNumberInTheDynamicFieldMayComeBackAsAnInteger() {
    QueryRequest query = QueryRequest.where("id == 1").outputFields("whole");
    assertThat(filled(here).query(query).get(0)).containsEntry("whole", 0x1p53);
    assertThat(filled(there).query(query).get(0)).containsEntry("whole", 1L << 53);
  }

  @Test
  void nullsAndDefaultsAreRefusedBeforeAnythingIsCreated() {
    FieldSchema text = FieldSchema.scalar("s", DataType.VARCHAR);
    for (FieldSchema field : List.of(text.asNullable(), text.withDefault("x"))) {
      CollectionSchema schema =
          CollectionSchema.builder("nulls")
              .primaryKey("id", DataType.INT64)
              .vector("v", 2)
              .add(field)
              .build();
      assertThat(here.create(schema, IndexParams.flat(MetricType.L2)).schema()).isEqualTo(schema);
      here.drop("nulls");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> there.create(schema, IndexParams.flat(MetricType.L2)))
          .withMessageContaining("nulls and default values from 2.5 on; this is 2.3");
      assertThat(there.has("nulls")).isFalse();
    }
  }

  @Test
  void severalVectorFieldsAreRefused() {
    CollectionSchema schema =
        CollectionSchema.builder("covers")
            .primaryKey("id", DataType.INT64)
            .vector("v", 2)
            .vector("w", 2)
            .build();
    assertThat(here.create(schema, IndexParams.flat(MetricType.L2)).schema()).isEqualTo(schema);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> there.create(schema, IndexParams.flat(MetricType.L2)))
        .withMessageContaining("multiple vector fields");
    assertThat(there.has("covers")).isFalse();
  }

  @Test
  void anInsertedIdThatExistsIsThereTwice() {
    Entity again = entity(1).with("n", 11);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filled(here).insert(List.of(again)))
        .withMessageContaining("1");
    VectorCollection there = filled(this.there);
    there.insert(List.of(again));
    assertThat(there.count()).isEqualTo(3);
    there.upsert(List.of(again));
    assertThat(there.count()).isEqualTo(2);
  }

  @Test
  void anEntityUpsertedIntoAnotherPartitionIsInBoth() {
    VectorCollection theirs = filled(there);
    theirs.createPartition("p");
    theirs.upsert(List.of(entity(1)), "p");

    assertThat(theirs.statistics()).isEqualTo(Map.of("_default", 2L, "p", 1L));
    theirs.delete(1);
    assertThat(theirs.statistics()).isEqualTo(Map.of("_default", 1L, "p", 0L));
  }

  @Test
  void anEntityUpsertedByAPartitionKeyIsNotFoundByIt() {
    CollectionSchema keyed =
        CollectionSchema.builder(SCHEMA.name())
            .primaryKey("id", DataType.INT64)
            .vector("v", 2)
            .field("tenant", DataType.INT64)
            .partitionKey("tenant")
            .build();
    VectorCollection theirs = there.create(keyed, IndexParams.flat(MetricType.L2));
    theirs.insert(List.of(Entity.of(1, new float[2]).with("tenant", 1)));
    theirs.upsert(List.of(Entity.of(2, new float[2]).with("tenant", 1)));

    assertThat(theirs.count()).isEqualTo(2);
    assertThat(theirs.query(QueryRequest.where("tenant == 1"))).containsExactly(Map.of("id", 1L));
  }
}
