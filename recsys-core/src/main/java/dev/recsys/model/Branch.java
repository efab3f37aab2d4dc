package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * One attribute's way into a tower: from the arrays of its {@link Column} to features, {@code (n,
 * width)}, and through a layer of its own to its share of the tower's pre-activation, {@code (n,
 * dimension)}. Where biases are learned, its share of them, {@code (n, 1)}, comes second.
 */
abstract class Branch extends NamedBlock {
  private final int inputs;
  private final Parameter layer;

  /**
   * @param inputs number of arrays that the branch takes
   * @param name of the tower and the attribute, the beginning of its parameters' names
   * @param width number of features
   */
  Branch(int inputs, String name, int width, int dimension) {
    this.inputs = inputs;
    this.layer = declare(ParameterSpec.layer(ParameterNames.layer(name), width, dimension));
  }

  final int inputs() {
    return inputs;
  }

  abstract NDArray features(ParameterStore store, NDList inputs, boolean training);

  /** Share of the bias, null where there is none. */
  abstract @Nullable NDArray offset(ParameterStore store, NDList inputs, boolean training);

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray features = features(store, inputs, training);
    NDList result = new NDList(features.matMul(value(store, layer, inputs.head(), training)));
    NDArray offset = offset(store, inputs, training);
    if (offset != null) {
      result.add(offset);
    }
    return result;
  }

  /** The table's rows at the indices, with a dense gradient: a sparse one does not reach Adam. */
  static NDArray rows(NDArray indices, NDArray table) {
    return Embedding.embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
  }

  /** Mean over the second axis: values {@code (n, k, width)}, weights {@code (n, k)}. */
  static NDArray pool(NDArray values, NDArray weights) {
    return weights.expandDims(1).batchMatMul(values).squeeze(1);
  }
}
