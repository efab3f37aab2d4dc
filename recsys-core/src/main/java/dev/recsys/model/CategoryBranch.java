package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** An id or a categorical attribute: one row of a table. */
final class CategoryBranch extends Branch {
  private final Parameter embedding;
  private final @Nullable Parameter bias;

  CategoryBranch(String name, int rows, int width, TowerSettings settings) {
    super(1, name, width, settings.dimension());
    this.embedding = declare(ParameterSpec.embedding(ParameterNames.embedding(name), rows, width));
    this.bias =
        settings.plain() ? null : declare(ParameterSpec.bias(ParameterNames.bias(name), rows, 1));
  }

  @Override
  NDArray features(ParameterStore store, NDList inputs, boolean training) {
    return rows(inputs.head(), value(store, embedding, inputs.head(), training));
  }

  @Override
  @Nullable NDArray offset(ParameterStore store, NDList inputs, boolean training) {
    return bias == null ? null : rows(inputs.head(), value(store, bias, inputs.head(), training));
  }
}
