package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  @Test
  void noStepLeavesAnArrayBehind() {
    TrainingData data = new TrainingData(SmallData.split(), false);
    TrainingSettings settings = SmallData.settings();
    int[] order = IntStream.range(0, data.train().size()).toArray();
    SplittableRandom random = new SplittableRandom(1);
    int before = arrays();
    try (TrainingRun run =
        new TrainingRun(
            data,
            settings,
            Architecture.block(data.encoder(), settings.towers()).initialWeights(1),
            Device.cpu())) {
      run.step(order, 0, 128, random);
      int afterOne = arrays();
      assertThat(afterOne).isGreaterThan(before);
      for (int i = 0; i < 50; i++) {
        run.step(order, 0, 128, random);
      }
      assertThat(arrays()).isEqualTo(afterOne);
    }
    assertThat(arrays()).isEqualTo(before);
  }

  @Test
  void encodingLeavesNoArrayBehind() {
    FusionModel model = SmallData.model();
    int before = arrays();
    model.encode(model.items());
    assertThat(arrays()).isEqualTo(before);
  }

  /** Number of native arrays that are alive. */
  private static int arrays() {
    try (NDManager base = PyTorch.engine().newBaseManager()) {
      return base.getParentManager().getManagedArrays().size();
    }
  }
}
