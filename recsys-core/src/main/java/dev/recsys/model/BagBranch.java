package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** A multi-valued attribute: the mean of its values' rows of a table. */
final class BagBranch extends Branch {
  private final Parameter embedding;
  private final @Nullable Parameter bias;

  BagBranch(String name, int rows, TowerSettings settings) {
    super(2, name, settings.valueDimension(), settings.dimension());
    this.embedding =
        declare(
            ParameterSpec.embedding(
                ParameterNames.embedding(name), rows, settings.valueDimension()));
    this.bias =
        settings.plain() ? null : declare(ParameterSpec.bias(ParameterNames.bias(name), rows, 1));
  }

  @Override
  NDArray features(ParameterStore store, NDList inputs, boolean training) {
    return mean(inputs, value(store, embedding, inputs.head(), training));
  }

  @Override
  @Nullable NDArray offset(ParameterStore store, NDList inputs, boolean training) {
    return bias == null ? null : mean(inputs, value(store, bias, inputs.head(), training));
  }

  private static NDArray mean(NDList inputs, NDArray table) {
    return pool(rows(inputs.head(), table), inputs.get(1));
  }
}
