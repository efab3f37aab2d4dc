package dev.recsys.model;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** A tower with given weights, run by PyTorch without gradients. For one thread. */
final class FrozenTower implements AutoCloseable {
  private static final int BATCH = 4096;

  /**
   * What a tower makes of its inputs.
   *
   * @param units unit vectors, one after the other
   * @param biases one for each; empty in the plain form
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Output(float[] units, float[] biases) {}

  private final Tower tower;
  private final NDManager manager;
  private final ParameterStore store;

  FrozenTower(Tower tower, Map<String, Tensor> weights) {
    this.tower = tower;
    this.manager = PyTorch.engine().newBaseManager(Device.cpu());
    tower.setWeights(manager, weights, false);
    this.store = new ParameterStore(manager, false);
  }

  Output forward(FeatureTable table) {
    int[] places = new int[table.size()];
    Arrays.setAll(places, i -> i);
    float[] units = new float[table.size() * tower.dimension()];
    float[] biases = new float[tower.plain() ? 0 : table.size()];
    for (int from = 0; from < places.length; from += BATCH) {
      int count = Math.min(BATCH, places.length - from);
      int[] some = Arrays.copyOfRange(places, from, from + count);
      try (NDScope scope = new NDScope();
          NDManager inputs = manager.newSubManager()) {
        scope.suppressNotUsedWarning();
        NDList arrays = table.gather(inputs, some, count, IntUnaryOperator.identity());
        NDList outputs = tower.forward(store, arrays, false);
        System.arraycopy(
            outputs.head().toFloatArray(),
            0,
            units,
            from * tower.dimension(),
            count * tower.dimension());
        if (biases.length > 0) {
          System.arraycopy(outputs.get(1).toFloatArray(), 0, biases, from, count);
        }
      }
    }
    return new Output(units, biases);
  }

  @Override
  public void close() {
    manager.close();
  }
}
