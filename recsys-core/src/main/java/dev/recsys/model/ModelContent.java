package dev.recsys.model;

import dev.recsys.features.FeatureEncoder;
import dev.recsys.features.Item;
import java.util.List;
import java.util.Set;

/** What a {@link FusionModel} is made of. Immutable and safe for many threads. */
interface ModelContent {
  FeatureEncoder encoder();

  /** The items in the order of their rows, from row 1. */
  List<Item> items();

  /** What users have rated. */
  History history();

  TrainingSummary training();

  /** Whether this is the article's form. */
  boolean plain();

  /** What there are vectors for. */
  Set<Objective> objectives();

  /**
   * The vectors that order items by an objective.
   *
   * @throws IllegalArgumentException when there are none
   */
  VectorSpace space(Objective objective);

  /** Whether users' vectors take ratings given since the training. */
  boolean takesRatings(Objective objective);

  /**
   * The vector of any item, known or new.
   *
   * @return the caller's own
   * @throws IllegalArgumentException when the item does not fit the schema
   * @throws ModelFormatException when a file that is needed for it is gone or damaged
   */
  float[] encode(Objective objective, Item item);

  /**
   * Saves all of it.
   *
   * @throws UnsupportedOperationException when it is not to be saved
   */
  void save(ModelFiles files);
}
