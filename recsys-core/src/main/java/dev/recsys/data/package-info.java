/**
 * Ratings, and the users and items that they are about: data sets, their split into parts, and the
 * MovieLens 1M files. The entry types are {@link dev.recsys.data.MovieLens} and {@link
 * dev.recsys.data.Dataset}.
 *
 * <p>How values become rows of tables does not belong here ({@link dev.recsys.features}), nor does
 * anything that learns or measures.
 */
@NullMarked
package dev.recsys.data;

import org.jspecify.annotations.NullMarked;
