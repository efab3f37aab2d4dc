package dev.recsys.model;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.recsys.features.Item;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Vectors for predicted stars of items by their attributes; the weights are read when first needed.
 * Safe for many threads.
 */
final class NewItems {
  /** Largest difference between a served component and the same one made again. */
  private static final double TOLERANCE = 1e-4;

  private static final int MOST_REMEMBERED = 10_000;

  private final ModelContent content;
  private final Weights weights;
  private volatile @Nullable ItemTower tower;

  /** Vectors of items that are asked for again and again; it compares identities. */
  private final Cache<Item, float[]> remembered =
      CacheBuilder.newBuilder().weakKeys().maximumSize(MOST_REMEMBERED).build();

  NewItems(ModelContent content, Weights weights) {
    this.content = content;
    this.weights = weights;
  }

  /**
   * Returns the vector of an item, the caller's own; the attributes count as they are given.
   *
   * @throws ModelFormatException when the weights' file is gone, damaged or not this model's
   */
  float[] encode(Item item) {
    ItemTower used = tower;
    if (used == null) {
      used = read();
      tower = used;
    }
    float[] vector = used.vector(content.encoder().encode(item));
    RatingForm form = content.stars();
    return form == null ? vector : form.extended(vector, content.encoder().itemRow(item.id()));
  }

  /** Returns the inner product of a user's vector and an item's; NaN when there are no weights. */
  double innerProduct(float[] user, Item item) {
    float[] vector = remembered.getIfPresent(item);
    if (vector == null) {
      try {
        vector = encode(item);
      } catch (ModelFormatException e) {
        return Double.NaN;
      }
      remembered.put(item, vector);
    }
    return VectorSpace.innerProduct(user, vector, 1);
  }

  private ItemTower read() {
    Path file = weights.file();
    if (file == null) {
      return new ItemTower(content.encoder(), content.towers(), weights.get());
    }
    try {
      ItemTower read = new ItemTower(content.encoder(), content.towers(), weights.get());
      check(file, read);
      return read;
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** Compares an item's vector with the one that is served. */
  private void check(Path file, ItemTower read) {
    if (content.items().isEmpty()) {
      return;
    }
    Item first = content.items().get(0);
    float[] vector = read.vector(content.encoder().encode(first));
    float[] served = content.serving().itemVector(1);
    for (int i = 0; i < vector.length; i++) {
      if (!(Math.abs(vector[i] - served[i]) <= TOLERANCE)) {
        throw new ModelFormatException(
            file,
            "the weights that the served vectors were made with: component %d of item %d to be %s"
                .formatted(i, first.id(), served[i]),
            vector[i]);
      }
    }
  }
}
