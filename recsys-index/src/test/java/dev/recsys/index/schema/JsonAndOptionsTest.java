package dev.recsys.index.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonAndOptionsTest {
  private static final FieldSchema JSON = FieldSchema.scalar("j", DataType.JSON);

  @Test
  void jsonIsCopiedIntoItsOneForm() {
    Map<String, Object> given = new HashMap<>();
    given.put("i", (short) 1);
    given.put("f", 0.5f);
    given.put("null", null);
    given.put("list", new ArrayList<>(List.of(1, "a", true)));
    Map<?, ?> stored = (Map<?, ?>) JSON.canonical(given);
    given.clear();
    assertThat(stored.containsKey("null")).isTrue();
    assertThat(stored).hasSize(4).isUnmodifiable();
    assertThat(stored.get("i")).isEqualTo(1L);
    assertThat(stored.get("f")).isEqualTo(0.5);
    assertThat(stored.get("list")).isEqualTo(List.of(1L, "a", true));
    assertThat((List<?>) stored.get("list")).isUnmodifiable();
    assertThat(JSON.canonical("text")).isEqualTo("text");
  }

  @Test
  void whatJsonCannotSayIsRefused() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    for (Object wrong :
        List.of(new Object(), Double.NaN, List.of('c'), Map.of(1, 1), "half \uD83C", itself)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JSON.canonical(wrong))
          .withMessageContaining("field \"j\": expected");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> JSON.canonical(null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.array("a", DataType.JSON))
        .withMessageContaining("element type: must be a scalar");
  }

  @Test
  void textsAreAsLongAsTheFieldSays() {
    FieldSchema field = FieldSchema.scalar("s", DataType.VARCHAR).withMaxLength(4);
    assertThat(field.canonical("éé")).isEqualTo("éé");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical("ééa"))
        .withMessage("field \"s\": expected VARCHAR of at most 4 bytes, received 5");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                FieldSchema.array("a", DataType.VARCHAR).withMaxLength(1).canonical(List.of("ab")))
        .withMessageContaining("element 0")
        .withMessageContaining("at most 1 bytes");
    for (int length : new int[] {0, 65_536}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> field.withMaxLength(length))
          .withMessageContaining("1..65535, received " + length);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.scalar("n", DataType.INT8).withMaxLength(1))
        .withMessageContaining("no max length");
  }

  @Test
  void nullBecomesTheDefaultOrStays() {
    FieldSchema plain = FieldSchema.scalar("n", DataType.INT32);
    assertThat(plain.asNullable().stored(null)).isNull();
    assertThat(plain.withDefault(7L).stored(null)).isEqualTo(7);
    assertThat(plain.asNullable().withDefault(7).stored(null)).isEqualTo(7);
    assertThat(plain.asNullable().withDefault(7).stored(8)).isEqualTo(8);
    assertThat(plain.asNullable().nullable()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> plain.stored(null));
    assertThatIllegalArgumentException().isThrownBy(() -> plain.withDefault("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> JSON.withDefault(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.vector("v", 2).asNullable())
        .withMessageContaining("neither a primary key nor a vector");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.primaryKey("k", DataType.INT64).withDefault(1));
  }

  @Test
  void aSchemaMayHaveADynamicFieldAndTextsAsKeys() {
    CollectionSchema.Builder builder =
        CollectionSchema.builder("c").primaryKey("k", DataType.VARCHAR).vector("v", 2);
    CollectionSchema closed = builder.build();
    CollectionSchema open = builder.dynamicField().build();
    assertThat(closed.dynamicField()).isFalse();
    assertThat(open.dynamicField()).isTrue();
    assertThat(open).isNotEqualTo(closed).hasToString(closed + " and a dynamic field");
    assertThat(open.primaryKey().canonical("a")).isEqualTo("a");
  }
}
