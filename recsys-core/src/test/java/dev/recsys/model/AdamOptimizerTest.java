package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamOptimizerTest {
  private static final TrainingSettings SETTINGS = SmallData.settings();

  /** The algorithm in double, with decoupled decay and a running average. */
  private static final class Reference {
    double weight;
    double average;
    double first;
    double second;
    int step;

    Reference(double weight) {
      this.weight = weight;
      this.average = weight;
    }

    void update(double gradient, double rate, double decay) {
      step++;
      weight -= rate * decay * weight;
      first = 0.9 * first + 0.1 * gradient;
      second = 0.999 * second + 0.001 * gradient * gradient;
      double correctedFirst = first / (1 - Math.pow(0.9, step));
      double correctedSecond = second / (1 - Math.pow(0.999, step));
      weight -= rate * correctedFirst / (Math.sqrt(correctedSecond) + 1e-8);
      double keep = Math.min(SETTINGS.regularisation().averaging(), 1 - 1.0 / step);
      average = keep * average + (1 - keep) * weight;
    }
  }

  @Test
  void agreesWithThePlainAlgorithm() {
    double rate = SETTINGS.schedule().learningRate();
    check("user.embedding", SETTINGS.regularisation().idDecay(), rate);
    check("user.side.embedding", SETTINGS.regularisation().valueDecay(), rate);
    check("item.bias", SETTINGS.regularisation().biasDecay(), rate);
    check("user.side.layer", SETTINGS.regularisation().layerDecay(), rate);
    check("score.mean", 0, rate);
  }

  private static void check(String name, double decay, double rate) {
    Random random = new Random(4);
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      AdamOptimizer optimizer = new AdamOptimizer(manager, SETTINGS);
      Reference reference = new Reference(0.5);
      NDArray weight = weight(manager, name);
      for (int step = 0; step < 30; step++) {
        float gradient = random.nextFloat() - 0.3f;
        step(optimizer, manager, weight, gradient, 1 - step * 0.01);
        reference.update(gradient, rate * (1 - step * 0.01), decay);
      }
      assertThat((double) weight.toFloatArray()[0]).isCloseTo(reference.weight, within(1e-5));
      assertThat((double) Tensor.get(optimizer.averages(), name).floats()[0])
          .isCloseTo(reference.average, within(1e-5));
    }
  }

  private static NDArray weight(NDManager manager, String name) {
    NDArray weight = manager.create(new float[] {0.5f}, new Shape(1, 1));
    weight.setName(name);
    weight.setRequiresGradient(true);
    return weight;
  }

  private static void step(
      AdamOptimizer optimizer, NDManager manager, NDArray weight, float gradient, double rate) {
    optimizer.beginStep(rate);
    optimizer.update("id", weight, manager.create(new float[] {gradient}, new Shape(1, 1)));
  }

  @Test
  void restoredStateGoesOnAsIfNeverInterrupted() {
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      AdamOptimizer first = new AdamOptimizer(manager, SETTINGS);
      NDArray weight = weight(manager, "user.shift");
      step(first, manager, weight, 0.7f, 1);
      step(first, manager, weight, -0.1f, 1);
      AdamOptimizer second = new AdamOptimizer(manager, SETTINGS);
      second.restore(first.state(), first.step());
      NDArray copy = manager.create(weight.toFloatArray(), new Shape(1, 1));
      copy.setName("user.shift");
      copy.setRequiresGradient(true);
      step(first, manager, weight, 0.3f, 1);
      step(second, manager, copy, 0.3f, 1);
      assertThat(copy.toFloatArray()).isEqualTo(weight.toFloatArray());
      assertThat(second.state()).isEqualTo(first.state());
    }
  }

  @Test
  void keepsNoAverageWhenNoneIsAskedFor() {
    try (NDManager manager = PyTorch.engine().newBaseManager()) {
      AdamOptimizer optimizer = new AdamOptimizer(manager, SmallData.plainSettings());
      step(optimizer, manager, weight(manager, "user.shift"), 0.7f, 1);
      assertThat(optimizer.averages()).isEqualTo(Map.of());
    }
  }
}
