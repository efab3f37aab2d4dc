package dev.recsys;

/**
 * An item near another one.
 *
 * @param id the item's id
 * @param title the item's title, empty if it has none
 * @param similarity cosine of the two items' tower outputs, in [-1, 1]
 */
public record SimilarItem(long id, String title, double similarity) {}
