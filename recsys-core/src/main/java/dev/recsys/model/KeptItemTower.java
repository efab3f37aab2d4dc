package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The item tower, whose weights are read when first needed. Safe for many threads. */
final class KeptItemTower {
  /** Largest difference between a served component and the same one made again. */
  private static final double TOLERANCE = 1e-4;

  private final FeatureEncoder encoder;
  private final TowerSettings settings;
  private final Weights weights;
  private volatile @Nullable ItemTower tower;

  KeptItemTower(FeatureEncoder encoder, TowerSettings settings, Weights weights) {
    this.encoder = encoder;
    this.settings = settings;
    this.weights = weights;
  }

  Weights weights() {
    return weights;
  }

  /**
   * Returns the tower.
   *
   * @param items of the training data, by row
   * @param served their vectors
   * @throws ModelFormatException when the weights' file is gone, damaged or not this model's
   */
  ItemTower get(List<Item> items, ServingForm served) {
    ItemTower kept = tower;
    if (kept == null) {
      kept = read(items, served);
      tower = kept;
    }
    return kept;
  }

  private ItemTower read(List<Item> items, ServingForm served) {
    Path file = weights.file();
    if (file == null) {
      return new ItemTower(encoder, settings, weights.get());
    }
    try {
      ItemTower read = new ItemTower(encoder, settings, weights.get());
      if (!items.isEmpty()) {
        check(file, items.get(0), read, served.itemVector(1));
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** Compares an item's vector with the one that is served. */
  private void check(Path file, Item item, ItemTower read, float[] served) {
    float[] vector = read.vector(encoder.encode(item));
    for (int i = 0; i < vector.length; i++) {
      if (!(Math.abs(vector[i] - served[i]) <= TOLERANCE)) {
        throw new ModelFormatException(
            file,
            "the weights that the served vectors were made with: component %d of item %d to be %s"
                .formatted(i, item.id(), served[i]),
            vector[i]);
      }
    }
  }
}
