package dev.recsys.model;

import dev.recsys.features.Item;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Encodes items with the item tower, in PyTorch. Safe for many threads. */
final class ItemEncoder {
  /** Largest difference between a served component and the same one encoded again. */
  private static final double TOLERANCE = 1e-4;

  private final ModelContent content;
  private final Map<String, Tensor> weights;

  /**
   * Takes the weights, and when they come from a file, checks that they are those of the model.
   *
   * @throws ModelFormatException when they are not
   */
  ItemEncoder(ModelContent content, Weights weights) {
    this.content = content;
    this.weights = weights.get();
    Path file = weights.file();
    if (file != null) {
      check(file);
    }
  }

  private void check(Path file) {
    Map<String, String> expected = new TreeMap<>();
    Architecture.block(content.encoder(), content.towers())
        .specs()
        .forEach(
            (name, spec) ->
                expected.put(name, Tensor.describe(Tensor.Type.F32, spec.rows(), spec.columns())));
    try {
      Tensor.require(expected, weights);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
    List<Item> some = content.items().subList(0, Math.min(1, content.items().size()));
    for (float[] vector : encode(some)) {
      float[] served = content.serving().itemVector(1);
      for (int i = 0; i < vector.length; i++) {
        if (!(Math.abs(vector[i] - served[i]) <= TOLERANCE)) {
          throw new ModelFormatException(
              file,
              "the weights that the served vectors were made with: component "
                  + i
                  + " of item "
                  + some.get(0).id()
                  + " to be "
                  + served[i],
              vector[i]);
        }
      }
    }
  }

  List<float[]> encode(List<Item> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    FeatureTable table =
        FeatureTable.ofItems(
            content.encoder(),
            items.stream().map(content.encoder()::encode).toList(),
            content.towers().plain());
    float[] flat = new Folding(content.encoder(), content.towers(), weights).itemVectors(table);
    int dimension = content.towers().servedDimension();
    List<float[]> vectors = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      vectors.add(Arrays.copyOfRange(flat, i * dimension, (i + 1) * dimension));
    }
    return vectors;
  }
}
