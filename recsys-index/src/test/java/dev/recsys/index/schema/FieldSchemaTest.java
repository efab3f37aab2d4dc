package dev.recsys.index.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldSchemaTest {
  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of(DataType.BOOL, true, true),
        Arguments.of(DataType.INT8, (byte) -128, -128),
        Arguments.of(DataType.INT8, 127L, 127),
        Arguments.of(DataType.INT16, -32_768, -32_768),
        Arguments.of(DataType.INT32, 7L, 7),
        Arguments.of(DataType.INT64, 7, 7L),
        Arguments.of(DataType.INT64, Long.MIN_VALUE, Long.MIN_VALUE),
        Arguments.of(DataType.FLOAT, 1.5, 1.5f),
        Arguments.of(DataType.FLOAT, (double) -Float.MAX_VALUE, -Float.MAX_VALUE),
        Arguments.of(DataType.DOUBLE, 1, 1.0),
        Arguments.of(DataType.DOUBLE, 0.5f, 0.5),
        Arguments.of(DataType.VARCHAR, "", ""),
        Arguments.of(DataType.VARCHAR, "é".repeat(32_767), "é".repeat(32_767)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void valuesOfTheTypeTakeItsOneForm(DataType type, Object given, Object stored) {
    assertThat(FieldSchema.scalar("f", type).canonical(given)).isEqualTo(stored);
    assertThat(FieldSchema.array("f", type).canonical(List.of(given, given)))
        .isEqualTo(List.of(stored, stored));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(DataType.BOOL, 1),
        Arguments.of(DataType.BOOL, null),
        Arguments.of(DataType.INT8, 128),
        Arguments.of(DataType.INT16, -32_769),
        Arguments.of(DataType.INT32, 1L << 31),
        Arguments.of(DataType.INT32, 1.0),
        Arguments.of(DataType.INT64, "1"),
        Arguments.of(DataType.INT64, null),
        Arguments.of(DataType.FLOAT, 1e39),
        Arguments.of(DataType.FLOAT, Float.NaN),
        Arguments.of(DataType.DOUBLE, Double.POSITIVE_INFINITY),
        Arguments.of(DataType.DOUBLE, true),
        Arguments.of(DataType.VARCHAR, 'c'),
        Arguments.of(DataType.VARCHAR, "é".repeat(32_768)),
        Arguments.of(DataType.VARCHAR, "half a pair: \uD83C"),
        Arguments.of(DataType.VARCHAR, "\uDFAC, the other half"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void valuesOfAnotherTypeOrRangeAreRefusedByName(DataType type, @Nullable Object given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.scalar("f", type).canonical(given))
        .withMessageContaining("field \"f\": ")
        .withMessageContaining(type.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.array("f", type).canonical(Collections.singletonList(given)))
        .withMessageContaining("element 0")
        .withMessageContaining(type.toString());
  }

  @Test
  void arraysAreCopiedAndHoldAtMost4096Elements() {
    FieldSchema field = FieldSchema.array("f", DataType.INT32);
    List<Object> given = new ArrayList<>(List.of(1, 2));
    Object stored = field.canonical(given);
    given.clear();

    assertThat(stored).isEqualTo(List.of(1, 2));
    assertThat((List<?>) stored).isUnmodifiable();
    assertThat((List<?>) field.canonical(Collections.nCopies(4_096, 1))).hasSize(4_096);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical(Collections.nCopies(4_097, 1)))
        .withMessageContaining("at most 4096 elements, received 4097");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical(Arrays.asList(1, null)))
        .withMessageContaining("element 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical(5))
        .withMessageContaining("ARRAY of INT32")
        .withMessageContaining("Integer 5");
  }

  @Test
  void vectorsAreCopiedAndCheckedComponentByComponent() {
    FieldSchema field = FieldSchema.vector("v", 2);
    float[] given = {1, 2};
    float[] stored = (float[]) field.canonical(given);
    given[0] = 9;

    assertThat(stored).containsExactly(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical(new float[3]))
        .withMessage("field \"v\": expected a vector of dimension 2, received 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical(new float[] {0, Float.POSITIVE_INFINITY}))
        .withMessage("field \"v\": component 1: must be finite, received Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> field.canonical(List.of(1f, 2f)))
        .withMessageContaining("float[]");
  }

  @Test
  void vectorsAreCheckedWithoutACopy() {
    FieldSchema vector = FieldSchema.vector("v", 2);
    vector.check(new float[] {1, 2});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector.check(new float[] {1}))
        .withMessage("field \"v\": expected a vector of dimension 2, received 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector.check(new float[] {1, Float.NaN}))
        .withMessageContaining("component 1: must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldSchema.scalar("s", DataType.BOOL).check(new float[] {1}))
        .withMessageContaining("not a vector");
  }
}
