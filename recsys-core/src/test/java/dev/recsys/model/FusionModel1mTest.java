package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.djl.Device;
import dev.recsys.data.MovieLens;
import dev.recsys.data.Split;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On the real ml-1m. */
class FusionModel1mTest {
  @Test
  void foldedAndDjlVectorsOfEveryUserAgree() {
    Split split = MovieLens.read(directory()).split(0.1, 0, 0.9, 1);
    TrainingSettings settings = TrainingSettings.FUSION.withEpochs(1);
    TrainingData data = new TrainingData(split, false);
    Training training =
        new Training(data, settings, TrainingListener.NONE, null, null, Device.cpu());
    Map<String, Tensor> weights = training.run();
    ServingForm serving = training.serving(weights);
    FrozenTower.Output users;
    try (FrozenTower tower =
        new FrozenTower(Architecture.users(data.encoder(), settings.towers()), weights)) {
      users = tower.forward(data.userTable());
    }
    float factor = Tensor.get(weights, "score.scale").floats()[0] / 5;
    float mean = Tensor.get(weights, "score.mean").floats()[0];
    int dimension = settings.towers().dimension();
    for (int user = 1; user < data.encoder().userRows(); user++) {
      float[] vector = serving.userVector(user);
      for (int i = 0; i < dimension; i++) {
        assertThat(vector[i])
            .isCloseTo(factor * users.units()[user * dimension + i], within(1e-5f));
      }
      assertThat(vector[dimension + 1]).isCloseTo((mean + users.biases()[user]) / 5, within(1e-5f));
    }
  }

  private static Path directory() {
    String directory = System.getProperty("ml1m", "");
    if (directory.isEmpty()) {
      System.out.println("SKIPPED for lack of ml-1m; run with -Dml1m=DIR");
      return abort("needs ml-1m; run with -Dml1m=DIR");
    }
    return Path.of(directory);
  }
}
