/**
 * How good a model is: rating errors, ranking metrics and the protocol by which they are taken. The
 * entry type is {@link dev.recsys.eval.Evaluation}.
 *
 * <p>Training, serving and reading of data do not belong here.
 */
@NullMarked
package dev.recsys.eval;

import org.jspecify.annotations.NullMarked;
