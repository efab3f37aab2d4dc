package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/**
 * Adds what its branches make of their attributes, then a bias, tanh and L2 normalisation: unit
 * vectors {@code (n, dimension)}, and second, where biases are learned, their sum {@code (n, 1)}.
 */
final class Tower extends NamedBlock {
  private final List<Branch> branches;
  private final Parameter bias;
  private final TowerSettings settings;

  Tower(String name, TowerSettings settings, List<Branch> branches) {
    this.settings = settings;
    this.branches = branches;
    branches.forEach(this::add);
    this.bias = declare(ParameterSpec.bias(ParameterNames.shift(name), 1, settings.dimension()));
  }

  int dimension() {
    return settings.dimension();
  }

  boolean plain() {
    return settings.plain();
  }

  /** Number of arrays that the tower takes. */
  int inputs() {
    return branches.stream().mapToInt(Branch::inputs).sum();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray sum = value(store, bias, inputs.head(), training);
    NDArray offset = null;
    int from = 0;
    for (Branch branch : branches) {
      NDList arrays = new NDList(inputs.subList(from, from + branch.inputs()));
      NDList shares = branch.forward(store, arrays, training);
      sum = sum.add(shares.head());
      if (shares.size() > 1) {
        offset = offset == null ? shares.get(1) : offset.add(shares.get(1));
      }
      from += branch.inputs();
    }
    NDList result = new NDList(sum.tanh().normalize(2, 1, TowerSettings.SMALLEST_NORM));
    if (offset != null) {
      result.add(offset);
    }
    return result;
  }
}
