/**
 * How good a model is: rating errors, ranking metrics, the protocols by which they are taken, and
 * methods of reference to see a model beside. The entry type is {@link dev.recsys.eval.Evaluation}
 * for one model, {@link dev.recsys.eval.Evaluator} for several on the same test.
 *
 * <p>Training, serving and reading of data do not belong here.
 */
@NullMarked
package dev.recsys.eval;

import org.jspecify.annotations.NullMarked;
