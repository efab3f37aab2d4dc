package dev.recsys;

/**
 * An item near another one.
 *
 * @param id the item's id
 * @param title the item's title, empty if it has none
 * @param similarity how much a liking for the one speaks for the other, when the model ranks; by
 *     predicted stars, the cosine of the two items' tower outputs, in [-1, 1]
 */
public record SimilarItem(long id, String title, double similarity) {}
