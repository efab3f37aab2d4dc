package dev.recsys.model;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** The weights while they are trained, and the steps that train them. For one thread. */
final class TrainingRun implements AutoCloseable {
  private final TrainingData data;
  private final TrainingSettings settings;
  private final Engine engine;
  private final Model model;
  private final FusionBlock block;
  private final AdamOptimizer optimizer;
  private final Trainer trainer;
  private final DistinctRows users;
  private final DistinctRows items;

  TrainingRun(
      TrainingData data, TrainingSettings settings, Map<String, Tensor> weights, Device device) {
    this.data = data;
    this.settings = settings;
    this.engine = PyTorch.engine();
    this.model = Model.newInstance("fusion", device, engine.getEngineName());
    this.block = Architecture.block(data.encoder(), settings.towers());
    block.setWeights(model.getNDManager(), weights, true);
    model.setBlock(block);
    this.optimizer = new AdamOptimizer(model.getNDManager(), settings);
    this.trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.l2Loss())
                .optOptimizer(optimizer)
                .optDevices(new Device[] {device}));
    this.users = new DistinctRows(data.encoder().userRows(), settings.schedule().batchSize());
    this.items = new DistinctRows(data.encoder().itemRows(), settings.schedule().batchSize());
  }

  AdamOptimizer optimizer() {
    return optimizer;
  }

  /** Begins an epoch; all that is random in it follows from {@code random}. */
  void beginEpoch(SplittableRandom random) {
    engine.setRandomSeed(random.nextInt());
  }

  /**
   * Takes a step on the training ratings {@code order[from]} to {@code order[to - 1]}.
   *
   * @return their mean squared error
   */
  double step(int[] order, int from, int to, SplittableRandom random) {
    double loss;
    // The scope frees what forward and backward leave; the step after it makes Adam's state, which
    // the scope must not see.
    try (NDManager manager = trainer.getManager().newSubManager()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDList inputs = inputs(manager, order, from, to, random);
        NDArray labels = manager.create(labels(order, from, to));
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDArray error = trainer.forward(inputs).singletonOrThrow().sub(labels).square().mean();
          collector.backward(error);
          loss = error.getFloat();
        }
      }
      optimizer.beginStep(rate());
      trainer.step();
    }
    return loss;
  }

  private NDList inputs(NDManager manager, int[] order, int from, int to, SplittableRandom random) {
    int[] userPlaces = users.places(data.train().users(), order, from, to);
    int[] itemPlaces = items.places(data.train().items(), order, from, to);
    double drop = settings.regularisation().rowDropout();
    IntUnaryOperator mask =
        drop == 0 ? IntUnaryOperator.identity() : row -> random.nextDouble() < drop ? 0 : row;
    NDList inputs = data.userTable().gather(manager, users.rows(), users.size(), mask);
    inputs.addAll(data.itemTable().gather(manager, items.rows(), items.size(), mask));
    inputs.add(manager.create(userPlaces));
    inputs.add(manager.create(itemPlaces));
    return inputs;
  }

  private float[] labels(int[] order, int from, int to) {
    float[] labels = new float[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = data.train().labels()[order[i]];
    }
    return labels;
  }

  /** Share of the first step's size, falling linearly to the last step of the last epoch. */
  private double rate() {
    int batches = -Math.floorDiv(-data.train().size(), settings.schedule().batchSize());
    double done =
        (double) optimizer.step() / Math.multiplyExact(batches, settings.schedule().epochs());
    return 1 - done * (1 - settings.schedule().finalRate());
  }

  /** A copy of the weights as they stand. */
  Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new TreeMap<>();
    for (Parameter parameter : block.all()) {
      weights.put(parameter.getName(), AdamOptimizer.tensor(parameter.getArray()));
    }
    return weights;
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
