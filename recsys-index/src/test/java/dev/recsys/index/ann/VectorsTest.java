package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.MetricType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;

class VectorsTest {
  @Provide
  Arbitrary<float[]> finite() {
    return Arbitraries.floats().array(float[].class).ofMinSize(1).ofMaxSize(40);
  }

  @Property(seed = "10")
  void underCosineEveryFiniteVectorButZeroTakesLengthOne(@ForAll("finite") float[] vector) {
    float[] before = vector.clone();
    float[] unit = Vectors.forMetric(MetricType.COSINE, vector);
    double expected = Kernels.norm(vector) == 0 ? 0 : 1;

    assertThat(Kernels.norm(unit)).isCloseTo(expected, Offset.offset(1e-6));
    assertThat(vector).containsExactly(before);
  }

  @Example
  void underTheOtherMetricsVectorsStayAsTheyAre() {
    float[] vector = {3, 4};
    assertThat(Vectors.forMetric(MetricType.IP, vector)).isSameAs(vector);
    assertThat(Vectors.forMetric(MetricType.L2, vector)).isSameAs(vector);
    assertThat(Vectors.forMetric(MetricType.COSINE, vector)).containsExactly(0.6f, 0.8f);
  }

  @Property(seed = "11")
  void oneComponentThatIsNotFiniteIsFound(@ForAll("finite") float[] vector, @ForAll int position) {
    int at = Math.floorMod(position, vector.length);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      vector[at] = bad;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Vectors.check(vector, vector.length, () -> "query"))
          .withMessage("query, component " + at + ": must be finite, received " + bad);
    }
  }

  @Example
  void rangesIncludeTheirEnds() {
    assertThat(Vectors.inRange("k", 1, 1, 2)).isEqualTo(1);
    assertThat(Vectors.inRange("k", 2, 1, 2)).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Vectors.inRange("k", 3, 1, 2))
        .withMessage("k: must lie in 1..2, received 3");
  }
}
