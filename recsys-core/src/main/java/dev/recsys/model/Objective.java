package dev.recsys.model;

/** What a model orders items by. */
public enum Objective {
  /** How likely a user is to take up and like an item, learned from who rated what and how. */
  RANKING,

  /** How many stars the user is expected to give, as in the published model. */
  RATING
}
