package dev.recsys.model;

import java.util.OptionalLong;

/**
 * What one thing that is known of a user adds to the score of an item. A user's vector is a sum, so
 * all contributions together are the score.
 *
 * @param kind what is known
 * @param name the attribute, or the title of the rated item; empty for everybody
 * @param value the attribute's value, empty where it is unknown, or the stars; empty for everybody
 * @param item the id of the rated item, empty for the other kinds
 * @param score what it adds, negative where it speaks against the item
 */
public record Contribution(Kind kind, String name, String value, OptionalLong item, double score) {
  /** What is known of a user. */
  public enum Kind {
    /** Nothing yet: what the item has for everybody. */
    EVERYBODY,
    /** An attribute. */
    ATTRIBUTE,
    /** A rating, of the training data or given since. */
    RATING
  }
}
