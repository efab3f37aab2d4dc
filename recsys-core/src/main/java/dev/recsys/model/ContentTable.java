package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.Map;

/**
 * Vectors for ranking of items that nobody has rated, from what they are: a sum of table rows, one
 * for each column that an item has. {@link ContentFit} makes the tables. Immutable and safe for
 * many threads.
 */
final class ContentTable {
  /** The columns that have a row in the tables, ascending. */
  static final String COLUMNS = "ranking.content.columns";

  /** What each column adds to an item's vector. */
  static final String ITEMS = "ranking.content.items";

  /** What each column adds to what a rating of the item adds to its user. */
  static final String RATED = "ranking.content.rated";

  private final ContentColumns columns;
  private final int dimension;
  private final int[] rows;
  private final float[] items;
  private final float[] rated;

  /**
   * @throws IllegalArgumentException when columns are not ascending or not those of the schema, or
   *     a number is not finite
   */
  ContentTable(FeatureEncoder encoder, int dimension, Map<String, Tensor> tensors) {
    this.columns = new ContentColumns(encoder);
    this.dimension = dimension;
    this.rows = rows(Tensor.get(tensors, COLUMNS).ints(), columns.count());
    this.items = Tensor.get(tensors, ITEMS).finiteFloats(ITEMS);
    this.rated = Tensor.get(tensors, RATED).finiteFloats(RATED);
  }

  private static int[] rows(int[] chosen, int count) {
    int[] rows = new int[count];
    Arrays.fill(rows, -1);
    for (int row = 0; row < chosen.length; row++) {
      int least = row == 0 ? 0 : chosen[row - 1] + 1;
      if (chosen[row] < least || chosen[row] >= count) {
        throw new IllegalArgumentException(
            "expected %s[%d] in [%d, %d), found %d"
                .formatted(COLUMNS, row, least, count, chosen[row]));
      }
      rows[chosen[row]] = row;
    }
    return rows;
  }

  /** Adds how the tensors must print to what is expected. */
  static void expect(Map<String, Tensor> tensors, int dimension, Map<String, String> expected) {
    int count = Tensor.get(tensors, COLUMNS).size();
    expected.put(COLUMNS, Tensor.describe(Tensor.Type.I32, count));
    expected.put(ITEMS, Tensor.describe(Tensor.Type.F32, count, dimension));
    expected.put(RATED, Tensor.describe(Tensor.Type.F32, count, dimension));
  }

  /** The vector of an item. */
  float[] itemVector(FeatureEncoder.ItemFeatures item) {
    return sum(items, item);
  }

  /** What a rating of the item adds to its user, at weight 1. */
  float[] ratedVector(FeatureEncoder.ItemFeatures item) {
    return sum(rated, item);
  }

  private float[] sum(float[] table, FeatureEncoder.ItemFeatures item) {
    float[] vector = new float[dimension];
    columns.of(
        item,
        (column, value) -> {
          int from = rows[column] * dimension;
          for (int i = 0; from >= 0 && i < dimension; i++) {
            vector[i] += value * table[from + i];
          }
        });
    return vector;
  }
}
