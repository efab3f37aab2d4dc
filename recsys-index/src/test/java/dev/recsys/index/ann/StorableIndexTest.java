package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an index says of its vectors, as it was built and as it was read from a file. */
class StorableIndexTest {
  private static final int DIMENSION = 16;

  @TempDir Path directory;

  static Stream<Arguments> indexes() {
    return Stream.of(MetricType.values())
        .flatMap(
            metric ->
                Stream.of(
                    Arguments.of(HnswIndex.builder(DIMENSION, metric).build(), metric),
                    Arguments.of(ExactIndex.builder(DIMENSION, metric).build(), metric),
                    Arguments.of(AutoIndex.builder(DIMENSION, metric).build(), metric)));
  }

  private StorableIndex read(StorableIndex index) {
    Path file = directory.resolve("index");
    index.save(file);
    if (index instanceof AutoIndex) {
      AutoIndex.verify(file);
      return AutoIndex.builder(DIMENSION, index.metric()).load(file);
    }
    return index instanceof HnswIndex ? HnswIndex.load(file) : ExactIndex.load(file);
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void itHoldsWhatWasAddedLastAndNothingElse(StorableIndex index, MetricType metric) {
    float[][] vectors = VectorSets.flat(600, DIMENSION, 3);
    for (int i = 0; i < 500; i++) {
      index.add(i * 3L, vectors[i]);
    }
    index.add(3, vectors[599]);
    index.remove(6);
    for (StorableIndex each : new StorableIndex[] {index, read(index)}) {
      assertThat(each.ids()).hasSize(499).doesNotHaveDuplicates().contains(0, 3, 9, 1_497);
      assertThat(each.ids()).doesNotContain(6);
      assertThat(each.holds(3, vectors[599])).isTrue();
      assertThat(each.holds(3, vectors[1])).isFalse();
      assertThat(each.holds(6, vectors[2])).isFalse();
      assertThat(each.holds(1, vectors[0])).isFalse();
      for (int i = 3; i < 500; i++) {
        assertThat(each.holds(i * 3L, vectors[i])).isTrue();
      }
      vectors[0][0] *= 2;
      assertThat(each.holds(0, vectors[0])).isFalse();
      vectors[0][0] /= 2;
      assertThatIllegalArgumentException().isThrownBy(() -> each.holds(3, new float[3]));
    }
    assertThat(index.metric()).isEqualTo(metric);
  }
}
