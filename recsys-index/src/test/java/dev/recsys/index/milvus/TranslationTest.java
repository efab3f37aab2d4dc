package dev.recsys.index.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.recsys.index.Entity;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import io.milvus.v2.service.vector.request.SearchReq;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranslationTest {
  private static final CollectionSchema EVERY_TYPE = everyType();

  private static CollectionSchema everyType() {
    CollectionSchema.Builder schema =
        CollectionSchema.builder("things").primaryKey("id", DataType.INT64).vector("vector", 2);
    for (DataType type : DataType.values()) {
      if (type.isScalar() && type != DataType.JSON) {
        schema.field("one_" + type, type).arrayField("many_" + type, type);
      }
    }
    return schema.build();
  }

  @Test
  void schemasComeBackAsTheyWere() {
    assertThat(SchemaTranslation.fromMilvus("things", SchemaTranslation.toMilvus(EVERY_TYPE)))
        .isEqualTo(EVERY_TYPE);
  }

  @Test
  void nullsDefaultsAndSeveralVectorsComeBackAsTheyWere() {
    CollectionSchema schema =
        CollectionSchema.builder("things")
            .primaryKey("id", DataType.INT64)
            .vector("vector", 2)
            .vector("cover", 3)
            .add(FieldSchema.scalar("note", DataType.VARCHAR).asNullable())
            .add(FieldSchema.scalar("tiny", DataType.INT8).withDefault(-3))
            .add(FieldSchema.scalar("big", DataType.INT64).withDefault(1L << 40))
            .add(FieldSchema.scalar("real", DataType.FLOAT).withDefault(0.1f))
            .add(FieldSchema.scalar("yes", DataType.BOOL).withDefault(true))
            .build();
    assertThat(SchemaTranslation.fromMilvus("things", SchemaTranslation.toMilvus(schema)))
        .isEqualTo(schema);
  }

  @Test
  void anOlderServerIsNotGivenWhatItWouldLeaveOut() {
    CollectionSchema schema =
        CollectionSchema.builder("things")
            .primaryKey("id", DataType.INT64)
            .vector("vector", 2)
            .add(FieldSchema.scalar("note", DataType.VARCHAR).asNullable())
            .build();
    for (String old : List.of("v2.3.5", "2.4.15-dev", "unknown", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ServerVersion.of(old).check(schema))
          .withMessageContaining("collection \"things\"")
          .withMessageContaining("from 2.5 on");
    }
    for (String recent : List.of("v2.5.0", "2.6.4", "v3.0.1-rc1")) {
      ServerVersion.of(recent).check(schema);
    }
  }

  @Test
  void indexTypesThatAServerDoesNotHaveAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SchemaTranslation.toMilvus("vector", IndexParams.hnswlib(MetricType.IP)))
        .withMessageContaining("FLAT, HNSW, IVF_FLAT or AUTOINDEX");
  }

  @Test
  void rowsBecomeEntitiesInTheirCanonicalForm() {
    CollectionSchema schema =
        CollectionSchema.builder("movies")
            .primaryKey("id", DataType.INT64)
            .vector("vector", 2)
            .field("year", DataType.INT32)
            .arrayField("genres", DataType.VARCHAR)
            .build();
    Entity entity =
        Entity.of(7, new float[] {1, 0.5f}).with("year", 1999).with("genres", List.of("Drama"));
    Map<String, Object> row =
        Map.of("id", 7L, "vector", List.of(1f, 0.5f), "year", 1999, "genres", List.of("Drama"));

    assertThat(EntityTranslation.fromMilvus(schema, row)).isEqualTo(entity);
    assertThat(EntityTranslation.toMilvus(schema, entity))
        .hasToString("{\"id\":7,\"vector\":[1.0,0.5],\"year\":1999,\"genres\":[\"Drama\"]}");
  }

  @Test
  void theSizeOfARowGrowsWithItsTextsInBytes() {
    CollectionSchema schema =
        CollectionSchema.builder("c")
            .primaryKey("id", DataType.INT64)
            .vector("v", 3)
            .field("title", DataType.VARCHAR)
            .build();
    Entity entity = Entity.of(1, new float[3]).with("title", "\u00e9t\u00e9");

    assertThat(EntityTranslation.bytes(schema, entity)).isEqualTo(16 + 8 + 12 + 9 + 9 + 8);
  }

  @Test
  void theLeastIdIsWrittenSoThatTheServerCanReadIt() {
    CollectionSchema schema =
        CollectionSchema.builder("c").primaryKey("id", DataType.INT64).vector("v", 1).build();
    assertThat(KeyList.in(schema, List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE)))
        .isEqualTo("id in [-9223372036854775807 - 1,-1,9223372036854775807]");
    assertThat(KeyList.notIn(schema, List.of())).isEqualTo("id not in []");
  }

  @Test
  void textsInListsOfKeysAreEscaped() {
    CollectionSchema schema =
        CollectionSchema.builder("c").primaryKey("k", DataType.VARCHAR).vector("v", 1).build();
    assertThat(KeyList.in(schema, List.of("a", "\"] or k != \"", "\\")))
        .isEqualTo("k in [\"a\",\"\\\"] or k != \\\"\",\"\\\\\"]");
  }

  @Test
  void filtersAndExcludedKeysAreOneExpression() {
    CollectionSchema schema =
        CollectionSchema.builder("c")
            .primaryKey("k", DataType.INT64)
            .vector("v", 1)
            .field("s", DataType.VARCHAR)
            .build();
    SearchTranslation translation =
        new SearchTranslation("alias", schema, IndexParams.hnsw(MetricType.L2));
    SearchRequest request =
        SearchRequest.nearest(new float[1])
            .filter(Filter.parse("s == {s} || k > 1", Map.of("s", "a\"b")))
            .excluding(7)
            .offset(90)
            .limit(20)
            .radius(4)
            .rangeFilter(1);
    SearchReq sent = translation.toMilvus(List.of(request));

    assertThat(sent.getCollectionName()).isEqualTo("alias");
    assertThat(sent.getFilter()).isEqualTo("(s == \"a\\\"b\" or k > 1) and k not in [7]");
    assertThat(sent.getOffset()).isEqualTo(90);
    assertThat(sent.getSearchParams())
        .isEqualTo(Map.of("ef", 110, "radius", 4f, "range_filter", 1f));
  }

  @Test
  void jsonGoesToTheServerAndComesBack() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("whole", Long.MAX_VALUE);
    json.put("real", 1e300);
    json.put("one", 1.0);
    json.put("text", "a\"b");
    json.put("truth", false);
    json.put("nothing", null);
    json.put("list", Arrays.asList(1L, null, List.of(), Map.of("k", 0.5)));

    JsonElement sent = JsonTranslation.toMilvus(json);
    assertThat(JsonTranslation.fromMilvus(sent)).isEqualTo(json);
    assertThat(JsonTranslation.fromMilvus(JsonParser.parseString(sent.toString()))).isEqualTo(json);
  }
}
