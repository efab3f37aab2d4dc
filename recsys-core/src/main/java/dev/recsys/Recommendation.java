package dev.recsys;

/**
 * One recommended item.
 *
 * @param id the item's id
 * @param title the item's title, empty if it has none
 * @param score the model's raw score, 5 times the inner product of the user's and the item's
 *     vectors; the order of a result. A model trained on stars scores on the scale of {@code 2 *
 *     stars - 5}, so its plain form lies in [-5, 5].
 * @param predictedRating the stars that the model expects from this user, in [1, 5]
 */
public record Recommendation(long id, String title, double score, double predictedRating) {}
