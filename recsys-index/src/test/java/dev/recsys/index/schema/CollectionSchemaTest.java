package dev.recsys.index.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionSchemaTest {
  private static CollectionSchema.Builder minimal() {
    return CollectionSchema.builder("c").primaryKey("id", DataType.INT64).vector("v", 8);
  }

  @Test
  void keepsTheOrderOfItsFieldsAndTellsThemApart() {
    CollectionSchema schema =
        CollectionSchema.builder("c")
            .field("a", DataType.BOOL)
            .vector("v", 8)
            .arrayField("b", DataType.DOUBLE)
            .primaryKey("id", DataType.INT64)
            .build();

    assertThat(schema.fields()).extracting(FieldSchema::name).containsExactly("a", "v", "b", "id");
    assertThat(schema.payload()).extracting(FieldSchema::name).containsExactly("a", "b");
    assertThat(schema.primaryKey()).isEqualTo(FieldSchema.primaryKey("id", DataType.INT64));
    assertThat(schema.vector().dimension()).isEqualTo(8);
    assertThat(schema.field("b").elementType()).isEqualTo(DataType.DOUBLE);
    assertThat(schema.fields()).isUnmodifiable();
    assertThat(schema.payload()).isUnmodifiable();
  }

  @Test
  void schemasAreEqualByNameAndFieldsInOrder() {
    CollectionSchema schema = minimal().field("a", DataType.BOOL).field("b", DataType.BOOL).build();
    assertThat(schema)
        .isEqualTo(minimal().field("a", DataType.BOOL).field("b", DataType.BOOL).build())
        .isNotEqualTo(minimal().field("b", DataType.BOOL).field("a", DataType.BOOL).build())
        .isNotEqualTo(minimal().build())
        .hasToString(schema.toString());
    assertThat(schema.hashCode())
        .isEqualTo(
            minimal().field("a", DataType.BOOL).field("b", DataType.BOOL).build().hashCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a-b", "a b", "é", "a.b", "a\n"})
  void namesOutsideTheRuleAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectionSchema.builder(name))
        .withMessageContaining("collection name")
        .withMessageContaining("\"" + name + "\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimal().field(name, DataType.BOOL))
        .withMessageContaining("field name");
  }

  @Test
  void namesMayHave255Characters() {
    assertThat(CollectionSchema.builder("_" + "a9".repeat(127))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectionSchema.builder("a".repeat(256)))
        .withMessageContaining("at most 255")
        .withMessageContaining("256");
  }

  @Test
  void aKeyAndOneToFourVectorsAreNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectionSchema.builder("c").vector("v", 1).build())
        .withMessageContaining("primary key")
        .withMessageContaining("[v]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectionSchema.builder("c").primaryKey("k", DataType.INT64).build())
        .withMessageContaining("vector");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimal().primaryKey("k", DataType.INT64))
        .withMessageContaining("\"id\" and \"k\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimal().vector("w", 8).vector("x", 8).vector("y", 8).vector("z", 8))
        .withMessageContaining("at most 4 vector fields")
        .withMessageContaining("z");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CollectionSchema.builder("c").primaryKey("k", DataType.INT32))
        .withMessageContaining("INT64 or VARCHAR")
        .withMessageContaining("INT32");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 32_769})
  void dimensionsOutsideTheirRangeAreRefused(int dimension) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.vector("v", dimension))
        .withMessage("field \"v\": dimension: must lie in 1..32768, received " + dimension);
  }

  @Test
  void dimensionsReachFrom1To32768() {
    assertThat(FieldSchema.vector("v", 1).dimension()).isEqualTo(1);
    assertThat(FieldSchema.vector("v", 32_768).dimension()).isEqualTo(32_768);
  }

  @Test
  void aFieldIsDeclaredOnceAndThereAreAtMost64() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimal().field("id", DataType.BOOL))
        .withMessageContaining("\"id\"");
    CollectionSchema.Builder builder = minimal();
    for (int i = 2; i < 64; i++) {
      builder.field("f" + i, DataType.BOOL);
    }
    assertThat(builder.build().fields()).hasSize(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.field("f64", DataType.BOOL))
        .withMessageContaining("at most 64")
        .withMessageContaining("f64");
  }

  @Test
  void partsThatDoNotFitEachOtherAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FieldSchema.scalar("f", DataType.ARRAY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.array("f", DataType.FLOAT_VECTOR));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FieldSchema("f", DataType.BOOL, null, 3, false))
        .withMessageContaining("dimension");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FieldSchema("f", DataType.BOOL, DataType.BOOL, 0, false))
        .withMessageContaining("element type");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FieldSchema("f", DataType.ARRAY, null, 0, false))
        .withMessageContaining("element type");
  }

  @Test
  void anUnknownFieldIsRefusedWithTheNamesThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimal().build().field("w"))
        .withMessage("collection \"c\": no field \"w\"; it has [id, v]");
  }

  @Test
  void aPartitionKeyIsOneFieldThatCanBeOne() {
    CollectionSchema.Builder builder =
        CollectionSchema.builder("c")
            .primaryKey("id", DataType.INT64)
            .vector("v", 1)
            .field("year", DataType.INT32)
            .add(FieldSchema.scalar("n", DataType.INT64).asNullable());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.partitionKey("id").build())
        .withMessageContaining("id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.partitionKey("year"))
        .withMessageContaining("\"id\" and \"year\"");
    for (String field : List.of("year", "n", "v", "lost")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> keyed(field))
          .withMessageContaining("\"c\"")
          .withMessageContaining(field);
    }
    CollectionSchema keyed = keyed("tenant");
    assertThat(keyed).isNotEqualTo(keyed("region")).hasToString(keyed("tenant").toString());
    assertThat(keyed.named("d").partitionKey()).isEqualTo(keyed.partitionKey());
  }

  private static CollectionSchema keyed(String field) {
    return CollectionSchema.builder("c")
        .primaryKey("id", DataType.INT64)
        .vector("v", 1)
        .field("year", DataType.INT32)
        .field("tenant", DataType.VARCHAR)
        .field("region", DataType.INT64)
        .add(FieldSchema.scalar("n", DataType.INT64).asNullable())
        .partitionKey(field)
        .build();
  }
}
