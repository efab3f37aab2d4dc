package dev.recsys;

import dev.recsys.features.Item;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The items that a {@link Recommender} recommends, to be changed while it answers. Safe for many
 * threads.
 *
 * <p>Changes are kept in the store, beside the items' vectors: they outlive the recommender, hold
 * for the next model as well, and are seen by other recommenders of the store, on a server within
 * some seconds. As with all that is written to a store, {@link
 * dev.recsys.index.embedded.Durability} says when they outlive a loss of power.
 */
public final class Catalogue {
  private final Recommender recommender;

  Catalogue(Recommender recommender) {
    this.recommender = recommender;
  }

  /**
   * Puts items in, each over the one with its id; they are found at once. Whoever was in the
   * training data keeps the vector of then, and takes the attributes given; another one has the
   * vector that its attributes give.
   *
   * @return how many items were given
   * @throws IllegalArgumentException if an item has an attribute that the schema does not know, or
   *     a value that it does not allow; nothing is changed then
   * @throws dev.recsys.index.StoreException if the store fails
   */
  public long upsert(Collection<Item> items) {
    return recommender.upsert(List.copyOf(items));
  }

  /**
   * Takes items out; those that are not there are ignored.
   *
   * @return how many ids were given
   * @throws dev.recsys.index.StoreException if the store fails
   */
  public long remove(long... ids) {
    return recommender.remove(ids.clone());
  }

  /** Returns how many items there are. */
  public long size() {
    Serving serving = recommender.serving();
    return serving.changes().count(serving.model());
  }

  /** Returns the item with an id, if it is there. */
  public Optional<Item> get(long id) {
    Serving serving = recommender.serving();
    return serving.has(id) ? Optional.of(serving.item(id)) : Optional.empty();
  }
}
