package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.recsys.data.MovieLens;
import dev.recsys.data.Split;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On the real ml-1m. */
class Ranking1mTest {
  /** What the best of the common baselines, EASE on ratings of 4 and 5, reaches on this split. */
  private static final double EASE = 0.1895;

  @Test
  void ranksBetterThanTheBestBaselineOnTheValidationPart() {
    Split split = MovieLens.read(directory()).split(0.85, 0.05, 0.1, Long.getLong("ml1m.seed", 7));
    TrainingSettings settings = TrainingSettings.FUSION;
    TrainingData data = new TrainingData(split, false);
    Map<String, Tensor> untrained =
        Architecture.block(data.encoder(), settings.towers()).initialWeights(1);
    ServingForm users =
        new Folding(data.encoder(), settings.towers(), untrained)
            .fold(data.itemTable(), data.users());
    RankingTraining training = new RankingTraining(data, settings, users);
    RankingForm form = training.run(split);
    System.out.printf(
        "validation NDCG@10 %.4f, %.1f s%n", training.validationNdcg(), training.seconds());
    assertThat(form).isNotNull();
    assertThat(training.validationNdcg()).isGreaterThan(EASE);
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
