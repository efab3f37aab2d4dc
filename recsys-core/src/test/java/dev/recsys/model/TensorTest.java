package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorTest {
  private static final Tensor MATRIX = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  @Test
  void isEqualByTypeShapeAndValues() {
    assertThat(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3))
        .isEqualTo(MATRIX)
        .hasSameHashCodeAs(MATRIX);
    assertThat(MATRIX).isNotEqualTo(Tensor.of(MATRIX.floats(), 3, 2));
    assertThat(MATRIX).isNotEqualTo(Tensor.of(new float[] {1, 2, 3, 4, 5, 7}, 2, 3));
    assertThat(Tensor.of(new int[1], 1)).isNotEqualTo(Tensor.of(new float[1], 1));
  }

  @Test
  void printsTypeAndShape() {
    assertThat(MATRIX).hasToString("F32[2, 3]");
    assertThat(Tensor.describe(Tensor.Type.I64, 4)).isEqualTo("I64[4]");
  }

  @Test
  void aShapeThatDoesNotFitTheValuesIsRefused() {
    assertThatThrownBy(() -> Tensor.of(new long[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape [2, 3] does not hold 5 values");
  }

  @Test
  void sizesBeyondAnArrayAreNoticed() {
    assertThatThrownBy(() -> Tensor.size(1 << 20, 1 << 20)).isInstanceOf(ArithmeticException.class);
    assertThat(Tensor.size(3, 0)).isZero();
  }

  @Test
  void requireNamesWhatIsMissingDifferentOrTooMuch() {
    Map<String, Tensor> tensors = Map.of("a", MATRIX);
    Tensor.require(Map.of("a", "F32[2, 3]"), tensors);
    assertThatThrownBy(() -> Tensor.require(Map.of("a", "F32[3, 2]"), tensors))
        .hasMessage("expected tensor a as F32[3, 2], found F32[2, 3]");
    assertThatThrownBy(() -> Tensor.require(Map.of("b", "F32[2, 3]"), tensors))
        .hasMessage("expected a tensor b, found none");
    assertThatThrownBy(() -> Tensor.require(Map.of(), tensors))
        .hasMessage("expected only tensors [], found a");
  }
}
