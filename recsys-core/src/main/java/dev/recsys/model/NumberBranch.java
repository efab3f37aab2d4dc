package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import org.jspecify.annotations.Nullable;

/** A numeric attribute: its standardised value. */
final class NumberBranch extends Branch {
  NumberBranch(String name, TowerSettings settings) {
    super(1, name, 1, settings.dimension());
  }

  @Override
  NDArray features(ParameterStore store, NDList inputs, boolean training) {
    return inputs.head();
  }

  @Override
  @Nullable NDArray offset(ParameterStore store, NDList inputs, boolean training) {
    return null;
  }
}
