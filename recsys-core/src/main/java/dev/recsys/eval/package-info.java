/**
 * How good recommendations are: rating errors, ranking metrics and the protocol by which they are
 * taken.
 *
 * <p>Training, serving and reading of data do not belong here.
 */
@NullMarked
package dev.recsys.eval;

import org.jspecify.annotations.NullMarked;
