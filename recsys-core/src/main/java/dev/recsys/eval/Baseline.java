package dev.recsys.eval;

import dev.recsys.data.Split;
import java.util.Locale;

/**
 * Methods of reference, small and clear, to see a model beside. They learn from the ratings of 4
 * stars or more of the training and validation parts, as the model's ranking does, and rank for
 * whoever has a history: a user who was not there is folded in. Ties go to the more popular item.
 * Settings are fixed, chosen on validation parts of ml-1m.
 */
public enum Baseline {
  /** The items that most users liked, the same for all. */
  POPULARITY,
  /**
   * Items liked by those who liked what the user liked: cosine, 100 neighbours (Mukund Deshpande
   * and George Karypis, Item-based top-N recommendation algorithms, ACM TOIS 22 (1), 2004).
   */
  ITEM_KNN,
  /**
   * A linear model of every item from all others, in closed form, lambda 500 (Harald Steck,
   * Embarrassingly shallow autoencoders for sparse data, WWW 2019). Takes 12 bytes for each pair of
   * items while it is fitted.
   */
  EASE,
  /**
   * Matrix factorisation with 64 dimensions by alternating least squares over all pairs (Yifan Hu,
   * Yehuda Koren and Chris Volinsky, Collaborative filtering for implicit feedback datasets, ICDM
   * 2008; regularised as in Steffen Rendle et al., Revisiting the performance of iALS on item
   * recommendation benchmarks, RecSys 2022).
   */
  IALS,
  /**
   * The items of whose kind most users liked one, the same for all: the mean likes of the items
   * with the same value, averaged over the item's values of those attributes that have several,
   * such as genres. Ranks new items too.
   */
  ATTRIBUTE_POPULARITY,
  /** Items at random, by the seed and what the user liked: what must be bettered. */
  RANDOM;

  /**
   * Fits it to the training and validation parts of a split.
   *
   * @param seed of what is random about it: first factors of iALS, order of items
   * @return a model named as {@link #toString} says
   */
  public RankingModel fit(Split split, long seed) {
    Interactions data = Interactions.of(split);
    return switch (this) {
      case POPULARITY -> new Popularity(data);
      case ITEM_KNN -> ItemKnn.fit(data);
      case EASE -> Ease.fit(data);
      case IALS -> ImplicitAls.fit(data, seed);
      case ATTRIBUTE_POPULARITY -> AttributePopularity.fit(data, split.dataset().items());
      case RANDOM -> new RandomOrder(data, seed);
    };
  }

  /** Returns the name in lower case, such as {@code item-knn}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
