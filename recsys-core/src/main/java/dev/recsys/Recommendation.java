package dev.recsys;

import dev.recsys.model.Contribution;
import java.util.List;

/**
 * One recommended item.
 *
 * @param id the item's id
 * @param title the item's title, empty if it has none
 * @param score what a result is ordered by. A model that ranks gives the inner product of the
 *     user's and the item's vectors, comparable within one user's results. A model that ranks by
 *     predicted stars gives 5 times that, on the scale of {@code 2 * stars - 5}, so its plain form
 *     lies in [-5, 5].
 * @param predictedRating the stars that the model expects from this user, in [1, 5]; NaN for an
 *     item put in since the training if the file of the model's weights is gone
 * @param contributions what the score is the sum of, the greatest first; empty unless {@link
 *     UserQuery#explain} asked for it
 * @param fallback whether it comes from memory because the store did not answer in time, see {@link
 *     UserQuery#deadline}
 */
public record Recommendation(
    long id,
    String title,
    double score,
    double predictedRating,
    List<Contribution> contributions,
    boolean fallback) {}
