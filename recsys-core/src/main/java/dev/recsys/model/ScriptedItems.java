package dev.recsys.model;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureEncoder.ItemFeatures;
import java.util.List;

/** What a TorchScript item tower is given: its arguments, in the order of the attributes. */
final class ScriptedItems {
  private final List<Attribute> attributes;
  private final List<ItemFeatures> items;

  ScriptedItems(List<Attribute> attributes, List<ItemFeatures> items) {
    this.attributes = attributes;
    this.items = items;
  }

  NDList inputs(NDManager manager) {
    NDList inputs = new NDList();
    inputs.add(manager.create(items.stream().mapToLong(ItemFeatures::idRow).toArray()));
    for (int slot = 0; slot < attributes.size(); slot++) {
      int at = slot;
      switch (attributes.get(slot).kind()) {
        case CATEGORICAL -> inputs.add(manager.create(first(at)));
        case MULTI_VALUED, TEXT -> addRows(manager, at, inputs);
        case NUMERIC -> {
          float[] numbers = new float[items.size()];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = items.get(i).numbers()[at];
          }
          inputs.add(manager.create(numbers));
        }
      }
    }
    return inputs;
  }

  private long[] first(int slot) {
    return items.stream()
        .mapToLong(item -> item.rows()[slot].length == 0 ? 0 : item.rows()[slot][0])
        .toArray();
  }

  /** Rows as long as the longest, padded with 0, and which of them are there. */
  private void addRows(NDManager manager, int slot, NDList inputs) {
    int length = items.stream().mapToInt(item -> item.rows()[slot].length).max().orElse(0);
    int width = Math.max(1, length);
    long[] rows = new long[Math.multiplyExact(items.size(), width)];
    float[] there = new float[rows.length];
    for (int i = 0; i < items.size(); i++) {
      int[] of = items.get(i).rows()[slot];
      for (int k = 0; k < of.length; k++) {
        rows[i * width + k] = of[k];
        there[i * width + k] = 1;
      }
    }
    Shape shape = new Shape(items.size(), width);
    inputs.add(manager.create(rows, shape));
    inputs.add(manager.create(there, shape));
  }
}
