package dev.recsys.model;

import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.recsys.features.Item;
import java.util.function.Supplier;

/** Predicts stars of items that were not in the training data. Safe for many threads. */
final class NewItems {
  private static final int MOST_REMEMBERED = 10_000;

  private final ModelContent content;

  /** Vectors of items that are asked for again and again; it compares identities. */
  private final Supplier<Cache<Item, float[]>> remembered =
      Suppliers.memoize(
          () -> CacheBuilder.newBuilder().weakKeys().maximumSize(MOST_REMEMBERED).build());

  NewItems(ModelContent content) {
    this.content = content;
  }

  /** Returns the inner product of a user's vector and an item's; NaN when there are no weights. */
  double innerProduct(float[] user, Item item) {
    float[] vector = remembered.get().getIfPresent(item);
    if (vector == null) {
      try {
        vector = content.encode(Objective.RATING, item);
      } catch (ModelFormatException e) {
        return Double.NaN;
      }
      remembered.get().put(item, vector);
    }
    return VectorSpace.innerProduct(user, vector, 1);
  }
}
