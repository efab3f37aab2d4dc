package dev.recsys;

import dev.recsys.model.Objective;

/**
 * Whether a recommender can answer, and from what.
 *
 * @param ready whether the items' vectors can be reached and are complete
 * @param model the fingerprint of the model that answers
 * @param objective what it ranks by
 * @param items how many items the model has
 * @param vectors how many of their vectors the store has, -1 if it does not say
 * @param problem why it is not ready, empty if it is
 */
public record Health(
    boolean ready, String model, Objective objective, long items, long vectors, String problem) {}
