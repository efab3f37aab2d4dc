package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class FeatureTableTest {
  private static final IntUnaryOperator SAME = IntUnaryOperator.identity();

  @Test
  void tokensBecomeWindowsWithTheOutsideAtBothEnds() {
    Column.Groups groups = Column.Groups.ofTokens(new int[][] {{4, 5, 6}, {7}, {}}, 9);
    assertThat(groups.length()).isEqualTo(3);
    assertThat(groups.width()).isEqualTo(3);
    assertThat(groups.rows())
        .containsExactly(
            9, 4, 5, 4, 5, 6, 5, 6, 9, //
            9, 7, 9, 9, 9, 9, 9, 9, 9, //
            9, 9, 9, 9, 9, 9, 9, 9, 9);
    assertThat(groups.weights()).containsExactly(1f / 3, 1f / 3, 1f / 3, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void valuesWeighTheSameAndThoseMissingNothing() {
    Column.Groups groups = Column.Groups.ofValues(new int[][] {{3, 1}, {}, {2}});
    assertThat(groups.rows()).containsExactly(3, 1, 0, 0, 2, 0);
    assertThat(groups.weights()).containsExactly(0.5f, 0.5f, 0, 0, 1, 0);
  }

  @Test
  void noValuesAtAllStillMakeAColumn() {
    Column.Groups groups = Column.Groups.ofValues(new int[][] {{}, {}});
    assertThat(groups.length()).isOne();
    assertThat(groups.weights()).containsExactly(0, 0);
  }

  @Test
  void gathersThePlacesAskedForInTheirOrder() {
    FeatureTable table = FeatureTable.ofUsers(new int[][] {{0, 0}, {1, 5}, {2, 6}}, 2);
    assertThat(table.size()).isEqualTo(3);
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      NDList arrays = table.gather(manager, new int[] {2, 0, 1}, 2, SAME);
      assertThat(arrays).hasSize(2);
      assertThat(arrays.get(0).toIntArray()).containsExactly(2, 0);
      assertThat(arrays.get(1).toIntArray()).containsExactly(6, 0);
    }
  }

  @Test
  void theMaskReplacesRowsOfIdsAndCategories() {
    FeatureTable table = FeatureTable.ofUsers(new int[][] {{1, 5}, {2, 6}}, 2);
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      NDList arrays =
          table.gather(manager, new int[] {0, 1}, 2, row -> row == 2 || row == 5 ? 0 : row);
      assertThat(arrays.get(0).toIntArray()).containsExactly(1, 0);
      assertThat(arrays.get(1).toIntArray()).containsExactly(0, 6);
    }
  }

  @Test
  void itemsGiveTheirAttributesInSchemaOrderAndNumbersOnlyWhenNotPlain() {
    FeatureEncoder encoder = new TrainingData(SmallData.split(), false).encoder();
    ItemFeatures features = encoder.encode(SmallData.item(5));
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      NDList arrays =
          FeatureTable.ofItems(encoder, List.of(features), false)
              .gather(manager, new int[] {0}, 1, SAME);
      assertThat(arrays).hasSize(7);
      assertThat(arrays.get(0).toIntArray()).containsExactly(5);
      assertThat(arrays.get(1).toIntArray()).isEqualTo(features.rows()[0]);
      assertThat(arrays.get(3).getShape()).isEqualTo(new Shape(1, 3L * features.rows()[1].length));
      assertThat(arrays.get(5).toIntArray()).isEqualTo(features.rows()[2]);
      assertThat(arrays.get(6).toFloatArray()).containsExactly(features.numbers()[3]);
      assertThat(
              FeatureTable.ofItems(encoder, List.of(features), true)
                  .gather(manager, new int[] {0}, 1, SAME))
          .hasSize(6);
    }
  }
}
