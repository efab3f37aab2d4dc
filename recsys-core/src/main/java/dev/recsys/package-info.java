/**
 * Personal recommendations: {@link dev.recsys.Recommender} joins a trained model with a collection
 * of item vectors and answers queries. Training, reading data and measuring quality live in the
 * packages below; stores are handed in, never made here.
 */
@NullMarked
package dev.recsys;

import org.jspecify.annotations.NullMarked;
