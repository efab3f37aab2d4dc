package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaOptionsTest {
  private static CollectionSchema.Builder keyed(DataType key) {
    return CollectionSchema.builder("c").primaryKey("k", key).vector("v", 2);
  }

  @Test
  void whatTheFormatWouldLoseIsRefusedAndNothingIsCreated() {
    FieldSchema text = FieldSchema.scalar("s", DataType.VARCHAR);
    try (VectorStore store = EmbeddedVectorStore.inMemory()) {
      for (CollectionSchema schema :
          List.of(
              keyed(DataType.VARCHAR).build(),
              keyed(DataType.INT64).dynamicField().build(),
              keyed(DataType.INT64).field("j", DataType.JSON).build(),
              keyed(DataType.INT64).add(text.asNullable()).build(),
              keyed(DataType.INT64).add(text.withDefault("x")).build(),
              keyed(DataType.INT64).add(text.withMaxLength(5)).build())) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> store.create(schema, IndexParams.flat(MetricType.IP)))
            .withMessageContaining("collection \"c\": format 1 keeps no JSON");
      }
      CollectionSchema plain = keyed(DataType.INT64).add(text).build();
      assertThat(store.create(plain, IndexParams.flat(MetricType.IP)).schema()).isEqualTo(plain);
    }
  }
}
