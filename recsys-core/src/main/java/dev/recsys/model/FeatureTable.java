package dev.recsys.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** All attributes of many users or of many items, from which batches are gathered. */
final class FeatureTable {
  private final int size;
  private final List<Column> columns;

  private FeatureTable(int size, List<Column> columns) {
    this.size = size;
    this.columns = columns;
  }

  /** Users as {@link FeatureEncoder#encode(dev.recsys.features.UserProfile)} gives them. */
  static FeatureTable ofUsers(int[][] users, int slots) {
    List<Column> columns = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      int[] rows = new int[users.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = users[i][slot];
      }
      columns.add(new Column.Rows(rows));
    }
    return new FeatureTable(users.length, columns);
  }

  static FeatureTable ofItems(FeatureEncoder encoder, List<ItemFeatures> items, boolean plain) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column.Rows(items.stream().mapToInt(ItemFeatures::idRow).toArray()));
    List<Attribute> attributes = encoder.schema().itemAttributes();
    for (int a = 0; a < attributes.size(); a++) {
      int slot = a;
      int[][] rows = items.stream().map(item -> item.rows()[slot]).toArray(int[][]::new);
      switch (attributes.get(a).kind()) {
        case CATEGORICAL -> columns.add(new Column.Rows(firsts(rows)));
        case MULTI_VALUED -> columns.add(Column.Groups.ofValues(rows));
        case TEXT ->
            columns.add(
                Column.Groups.ofTokens(rows, encoder.vocabulary(attributes.get(a).name()).size()));
        case NUMERIC -> {
          if (!plain) {
            columns.add(new Column.Numbers(numbers(items, slot)));
          }
        }
      }
    }
    return new FeatureTable(items.size(), columns);
  }

  private static int[] firsts(int[][] rows) {
    int[] firsts = new int[rows.length];
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = rows[i].length == 0 ? 0 : rows[i][0];
    }
    return firsts;
  }

  private static float[] numbers(List<ItemFeatures> items, int slot) {
    float[] numbers = new float[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = items.get(i).numbers()[slot];
    }
    return numbers;
  }

  int size() {
    return size;
  }

  /** The arrays of the first {@code count} places, in the order of the tower's branches. */
  NDList gather(NDManager manager, int[] places, int count, IntUnaryOperator mask) {
    NDList arrays = new NDList();
    for (Column column : columns) {
      column.gather(manager, places, count, mask, arrays);
    }
    return arrays;
  }
}
