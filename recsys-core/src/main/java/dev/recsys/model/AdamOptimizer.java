package dev.recsys.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.Optimizer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adam with decoupled weight decay, whose state can be saved and restored, and a running average of
 * the weights beside it. Sources: Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019,
 * algorithm 2.
 */
final class AdamOptimizer extends Optimizer {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private static final String FIRST = "adam.first.";
  private static final String SECOND = "adam.second.";
  private static final String AVERAGE = "average.";

  /** State of one parameter; {@code average} is null where none is kept. */
  private record State(NDArray first, NDArray second, @Nullable NDArray average) {}

  private final NDManager manager;
  private final TrainingSettings settings;
  private final Map<String, State> states = new HashMap<>();
  private double learningRate;
  private int step;

  /**
   * @param manager owns the state
   */
  AdamOptimizer(NDManager manager, TrainingSettings settings) {
    super(new Builder());
    this.manager = manager;
    this.settings = settings;
    this.learningRate = settings.schedule().learningRate();
  }

  /**
   * Begins a step, before the parameters are updated.
   *
   * @param rate share of the first step's size
   */
  void beginStep(double rate) {
    step++;
    learningRate = settings.schedule().learningRate() * rate;
  }

  /** Number of steps taken. */
  int step() {
    return step;
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray gradient) {
    State state = states.computeIfAbsent(weight.getName(), name -> start(weight));
    double correction = Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    weight
        .getNDArrayInternal()
        .adamUpdate(
            new NDList(weight, gradient, state.first, state.second),
            new NDList(weight),
            (float) learningRate,
            (float) (learningRate * correction),
            (float) decay(weight.getName()),
            1,
            -1,
            BETA1,
            BETA2,
            EPSILON,
            false,
            true);
    if (state.average != null) {
      average(state.average, weight);
    }
  }

  private double decay(String name) {
    if (ParameterNames.isScore(name)) {
      return 0;
    }
    if (ParameterNames.isBias(name)) {
      return settings.regularisation().biasDecay();
    }
    if (ParameterNames.isId(name)) {
      return settings.regularisation().idDecay();
    }
    return ParameterNames.isEmbedding(name)
        ? settings.regularisation().valueDecay()
        : settings.regularisation().layerDecay();
  }

  /** Moves the average; while it is young it is the plain mean of all steps. */
  private void average(NDArray average, NDArray weight) {
    double keep = Math.min(settings.regularisation().averaging(), 1 - 1.0 / step);
    try (NDArray values = weight.stopGradient();
        NDArray part = values.mul(1 - keep)) {
      average.muli(keep).addi(part);
    }
  }

  private State start(NDArray weight) {
    Shape shape = weight.getShape();
    return new State(
        manager.zeros(shape, DataType.FLOAT32),
        manager.zeros(shape, DataType.FLOAT32),
        settings.averages() ? manager.create(weight.toFloatArray(), shape) : null);
  }

  /** The running averages by parameter; empty where none are kept. */
  Map<String, Tensor> averages() {
    Map<String, Tensor> averages = new TreeMap<>();
    states.forEach(
        (name, state) -> {
          if (state.average != null) {
            averages.put(name, tensor(state.average));
          }
        });
    return averages;
  }

  /** All state but the count of steps, by names of its own. */
  Map<String, Tensor> state() {
    Map<String, Tensor> tensors = new TreeMap<>();
    states.forEach(
        (name, state) -> {
          tensors.put(FIRST + name, tensor(state.first));
          tensors.put(SECOND + name, tensor(state.second));
          if (state.average != null) {
            tensors.put(AVERAGE + name, tensor(state.average));
          }
        });
    return tensors;
  }

  /** Takes over what {@link #state} and {@link #step} gave. */
  void restore(Map<String, Tensor> tensors, int steps) {
    step = steps;
    tensors.forEach(
        (key, first) -> {
          if (key.startsWith(FIRST)) {
            String name = key.substring(FIRST.length());
            Tensor average = tensors.get(AVERAGE + name);
            states.put(
                name,
                new State(
                    array(first),
                    array(Tensor.get(tensors, SECOND + name)),
                    average == null ? null : array(average)));
          }
        });
  }

  private NDArray array(Tensor tensor) {
    int[] shape = tensor.shape();
    return manager.create(tensor.floats(), new Shape(shape[0], shape[1]));
  }

  static Tensor tensor(NDArray array) {
    long[] shape = array.getShape().getShape();
    return Tensor.of(array.toFloatArray(), (int) shape[0], (int) shape[1]);
  }

  private static final class Builder extends OptimizerBuilder<Builder> {
    @Override
    protected Builder self() {
      return this;
    }
  }
}
