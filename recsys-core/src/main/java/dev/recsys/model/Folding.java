package dev.recsys.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.recsys.features.FeatureEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Makes the serving form from weights, as {@link FoldedUserTower} explains it. */
final class Folding {
  private final FeatureEncoder encoder;
  private final TowerSettings settings;
  private final Map<String, Tensor> weights;

  Folding(FeatureEncoder encoder, TowerSettings settings, Map<String, Tensor> weights) {
    this.encoder = encoder;
    this.settings = settings;
    this.weights = weights;
  }

  /**
   * @param items features of all items by row, row 0 included
   * @param users rows of all users, from row 1
   */
  ServingForm fold(FeatureTable items, Tensor users) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (String branch : ParameterNames.userBranches(encoder)) {
      tensors.put(ServingForm.table(branch), table(branch));
    }
    float[] shift = Tensor.get(weights, ParameterNames.shift(ParameterNames.USER)).floats();
    tensors.put(ServingForm.SHIFT, Tensor.of(shift, shift.length));
    tensors.put(
        ServingForm.SCORE,
        Tensor.of(
            settings.plain()
                ? new float[] {(float) TowerSettings.RANGE, 0}
                : new float[] {
                  Tensor.get(weights, ParameterNames.SCALE).floats()[0],
                  Tensor.get(weights, ParameterNames.MEAN).floats()[0]
                },
            2));
    tensors.put(ServingForm.USERS, users);
    int served = settings.servedDimension();
    float[] vectors = itemVectors(items);
    tensors.put(
        ServingForm.ITEMS,
        Tensor.of(Arrays.copyOfRange(vectors, served, vectors.length), items.size() - 1, served));
    return new ServingForm(encoder, settings, tensors);
  }

  /** Shares of a branch's values: embedding times layer, and the bias in the last column. */
  private Tensor table(String branch) {
    Tensor embedding = Tensor.get(weights, ParameterNames.embedding(branch));
    Tensor layer = Tensor.get(weights, ParameterNames.layer(branch));
    float[] shares = product(embedding, layer);
    int rows = embedding.shape()[0];
    if (settings.plain()) {
      return Tensor.of(shares, rows, settings.dimension());
    }
    float[] bias = Tensor.get(weights, ParameterNames.bias(branch)).floats();
    return Tensor.of(
        withColumns(shares, settings.dimension(), bias), rows, settings.foldedDimension());
  }

  private static float[] product(Tensor left, Tensor right) {
    try (NDManager manager = PyTorch.engine().newBaseManager(Device.cpu());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return array(manager, left).matMul(array(manager, right)).toFloatArray();
    }
  }

  static NDArray array(NDManager manager, Tensor tensor) {
    return manager.create(
        tensor.floats(),
        new Shape(Arrays.stream(tensor.shape()).mapToLong(length -> length).toArray()));
  }

  /** The served vectors of items, one after the other. */
  float[] itemVectors(FeatureTable items) {
    FrozenTower.Output output;
    try (FrozenTower tower = new FrozenTower(Architecture.items(encoder, settings), weights)) {
      output = tower.forward(items);
    }
    if (settings.plain()) {
      return output.units();
    }
    float[] biases = output.biases();
    float[] ones = new float[biases.length];
    Arrays.fill(ones, 1);
    for (int i = 0; i < biases.length; i++) {
      biases[i] /= (float) TowerSettings.RANGE;
    }
    return withColumns(output.units(), settings.dimension(), biases, ones);
  }

  /** Appends columns to rows of length {@code width}. */
  private static float[] withColumns(float[] rows, int width, float[]... columns) {
    int count = rows.length / width;
    int stride = width + columns.length;
    float[] wider = new float[Math.multiplyExact(count, stride)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * width, wider, i * stride, width);
      for (int k = 0; k < columns.length; k++) {
        wider[i * stride + width + k] = columns[k][i];
      }
    }
    return wider;
  }
}
