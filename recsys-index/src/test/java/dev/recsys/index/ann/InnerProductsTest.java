package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against sums in double. */
class InnerProductsTest {
  @Property(tries = 100)
  void productsAreThoseOfPlainArithmetic(
      @ForAll @IntRange(min = 0, max = 400) int length,
      @ForAll @IntRange(min = 0, max = 70) int from,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] vector = AnnIndexContract.gaussian(random, length);
    float[] table = AnnIndexContract.gaussian(random, from + length + 3);
    double expected = 0;
    double square = 0;
    for (int i = 0; i < length; i++) {
      expected += (double) vector[i] * table[from + i];
      square += (double) vector[i] * vector[i];
    }
    assertThat((double) InnerProducts.of(vector, table, from)).isCloseTo(expected, within(1e-3));
    assertThat((double) InnerProducts.of(vector, vector)).isCloseTo(square, within(1e-3));
  }

  @Test
  void vectorsOfTwoLengthsAndRowsBeyondTheTableAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InnerProducts.of(new float[3], new float[2]))
        .withMessage("vector: expected dimension 3, received 2");
    for (int from : new int[] {-1, 8, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> InnerProducts.of(new float[3], new float[10], from))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
