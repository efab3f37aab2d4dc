package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.SampleModel;
import dev.recsys.data.MovieLens;
import dev.recsys.data.Shop;
import dev.recsys.data.Split;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import dev.recsys.model.Objective;
import dev.recsys.model.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final String data = SampleModel.data().toString();
  @TempDir private Path directory;

  @Test
  void trainThenEvaluateAgreeOnTheTestError() throws IOException {
    String out = directory.resolve("model").toString();
    Run train = Run.of("train", "--data", data, "--out", out, "--epochs", "2", "--format", "json");
    assertThat(train.exitCode()).as(train.err()).isZero();
    JsonNode trained = JSON.readTree(train.out());
    assertThat(trained.get("epochs").asInt()).isEqualTo(2);
    assertThat(trained.get("seconds").asDouble()).isPositive();
    assertThat(train.err()).contains("Ranking: validation NDCG@10 0.");
    assertThat(directory.resolve("model.checkpoint")).doesNotExist();

    Run evaluate = Run.of("evaluate", "--data", data, "--model", out, "--format", "json");
    JsonNode measured = JSON.readTree(evaluate.out());
    assertThat(measured.get("rmse").asDouble()).isEqualTo(trained.get("rmse").asDouble());
    assertThat(trained.get("objective").asText()).isEqualTo("ranking");
    assertThat(trained.get("validation_ndcg@10").asDouble()).isBetween(0.0, 1.0);
    assertThat(measured.get("ndcg@10").asDouble())
        .isBetween(0.0, 1.0)
        .isEqualTo(trained.get("ndcg@10").asDouble());
    assertThat(evaluate.err()).doesNotContain("warning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "items"})
  void aModelIsMeasuredOnWhatWasHeldOutWholeFromItsTraining(String what) throws IOException {
    String out = directory.resolve("model").toString();
    String option = "--cold-" + what;
    Run train = Run.of("train", "--data", data, "--out", out, "--epochs", "1", option, "25");
    assertThat(train.exitCode()).as(train.err()).isZero();
    FusionModel model = FusionModel.load(Path.of(out));
    assertThat(model.training().heldOut()).isEqualTo(25);
    assertThat(model.training().splitKind().toString()).isEqualTo("cold-" + what);
    Run unnamed = Run.of("evaluate", "--data", data, "--model", out, "--baselines", "random");
    assertThat(unnamed.exitCode()).as(unnamed.err()).isZero();
    assertThat(unnamed.err()).contains("; cold-" + what + ", ");
    Run named =
        Run.of("evaluate", "--data", data, "--model", out, "--baselines", "random", option, "25");
    assertThat(named.out()).isEqualTo(unnamed.out());
    Run other = Run.of("evaluate", "--data", data, "--model", out, option, "26");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("the model was trained on");
  }

  @Test
  void theEpochsAreDrawnAndTheDeviceChosen() throws IOException {
    String out = directory.resolve("model").toString();
    Path plot = directory.resolve("epochs.svg");
    Run train =
        Run.of(
            "train",
            "--data",
            data,
            "--out",
            out,
            "--epochs",
            "2",
            "--device",
            "cpu",
            "--plot",
            plot.toString());
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.err()).contains("Predicted stars with what users rated: validation RMSE 0.");
    assertThat(Files.readString(plot))
        .contains("<svg", "Epoch", "by predicted stars", "ranking, without epochs");
    Run other = Run.of("train", "--data", data, "--out", out, "--device", "abacus");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("abacus", "cpu");
  }

  @Test
  void tunedSettingsAreTrainedWith() throws IOException {
    String tuning = directory.resolve("tuning").toString();
    Run tune = Run.of("tune", "--data", data, "--out", tuning, "--trials", "3", "--rungs", "2");
    assertThat(tune.exitCode()).as(tune.err()).isZero();
    assertThat(tune.out()).contains("NDCG@10", "defaults", "ridge");
    assertThat(tune.err()).contains("Rung 1, trial 0: NDCG@10 0.", "Rung 2", "Best settings");
    String settings = tuning + "/settings.json";
    String out = directory.resolve("model").toString();
    Run train =
        Run.of("train", "--data", data, "--out", out, "--epochs", "1", "--settings", settings);
    assertThat(train.exitCode()).as(train.err()).isZero();
    Run again =
        Run.of(
            "tune",
            "--data",
            data,
            "--out",
            tuning,
            "--trials",
            "3",
            "--rungs",
            "2",
            "--format",
            "json");
    assertThat(JSON.readTree(again.out())).hasSize(5);
    assertThat(again.err()).doesNotContain("Rung");
    Run plain = Run.of("train", "--data", data, "--out", out, "--plain", "--settings", settings);
    assertThat(plain.exitCode()).isEqualTo(2);
  }

  @Test
  void aCatalogueOfOnesOwnGoesAllTheWay() throws IOException {
    Path shop = Files.createDirectories(directory.resolve("shop"));
    Shop.write(shop, 1);
    String model = directory.resolve("model").toString();
    Run train = Run.of("train", "--data", shop.toString(), "--out", model, "--epochs", "1");
    assertThat(train.exitCode()).as(train.err()).isZero();
    String page = directory.resolve("page").toString();
    Run evaluate =
        Run.of("evaluate", "--data", shop.toString(), "--model", model, "--report", page);
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(Path.of(page, "index.html")).content().contains("of shop", "gift");
    Run recommend =
        Run.of("recommend", "--model", model, "--set", "hobby=garden", "--where", "price < 60");
    assertThat(recommend.exitCode()).as(recommend.err()).isZero();
    assertThat(recommend.out()).contains("no. ");
    Files.delete(shop.resolve("users.csv"));
    Run missing = Run.of("train", "--data", shop.toString(), "--out", model);
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("has no users.csv");
    Run unfit = Run.of("evaluate", "--data", data, "--report", page);
    assertThat(unfit.exitCode()).isEqualTo(2);
    assertThat(unfit.err()).contains("--report");
  }

  @Test
  void theRatingObjectiveAloneIsTrainedWhenAskedFor() throws IOException {
    String out = directory.resolve("model").toString();
    Run train =
        Run.of("train", "--data", data, "--out", out, "--epochs", "1", "--objective", "rating");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(train.out()).contains("Test RMSE ", ", NDCG@10 ");
    assertThat(FusionModel.load(Path.of(out)).objectives()).containsExactly(Objective.RATING);
    Run ranked = Run.of("recommend", "--model", out, "-u", "1", "--objective", "ranking");
    assertThat(ranked.exitCode()).isEqualTo(2);
    assertThat(ranked.err()).contains("trained for the rating objective alone");
  }

  @Test
  void evaluatingOnOtherDataWarns() {
    String out = directory.resolve("model").toString();
    SampleModel.model().save(Path.of(out));
    Path other = directory.resolve("other");
    MovieLens.sample().users(150).movies(120).ratings(6_000).seed(4).write(other);
    Run evaluate = Run.of("evaluate", "--data", other.toString(), "--model", out);
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.err()).contains("warning: the model was trained on other data");
  }

  @Test
  void withoutATestPartThereIsNothingToEvaluate() throws IOException {
    String out = directory.resolve("model").toString();
    Run train =
        Run.of(
            "train",
            "--data",
            data,
            "--out",
            out,
            "--epochs",
            "1",
            "--test",
            "0",
            "--format",
            "json");
    assertThat(train.exitCode()).as(train.err()).isZero();
    assertThat(JSON.readTree(train.out()).get("rmse").isNull()).isTrue();
    Run evaluate = Run.of("evaluate", "--data", data, "--model", out);
    assertThat(evaluate.exitCode()).isEqualTo(2);
    assertThat(evaluate.err()).contains("--test 0");
  }

  @Test
  void resumeNeedsAnInterruptedTraining() {
    Run run =
        Run.of("train", "--data", data, "--out", directory.resolve("m").toString(), "--resume");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no interrupted training");
  }

  @Test
  void skippedLinesAreCounted() throws IOException {
    Path copy = Files.createDirectory(directory.resolve("data"));
    for (String name : new String[] {"movies.dat", "users.dat", "ratings.dat"}) {
      Files.copy(SampleModel.data().resolve(name), copy.resolve(name));
    }
    Path ratings = copy.resolve("ratings.dat");
    Files.writeString(ratings, "broken line\n" + Files.readString(ratings));
    String[] train = {
      "train",
      "--data",
      copy.toString(),
      "--out",
      directory.resolve("m").toString(),
      "--epochs",
      "1"
    };
    Run strict = Run.of(train);
    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.err()).contains("ratings.dat").contains("broken line");
    Run skipping = Run.of(with(train, "--skip-bad-lines"));
    assertThat(skipping.exitCode()).as(skipping.err()).isZero();
    assertThat(skipping.err()).contains("1 malformed lines skipped");
  }

  @Test
  void quickstartRecommendsFiveMovies() {
    Run run =
        Run.of(
            "quickstart",
            "--data",
            data,
            "--epochs",
            "1",
            "--out",
            directory.resolve("model").toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("rmse", "ndcg@10").contains("Top").contains("Stars");
    assertThat(run.err()).contains("Epoch 1/1");
  }

  @Test
  void anInterruptedTrainingIsNeitherForgottenNorTakenUpUnasked() {
    Path out = directory.resolve("model");
    Path checkpoint = directory.resolve("model.checkpoint");
    FusionTrainer stopping =
        FusionTrainer.builder()
            .seed(7)
            .epochs(3)
            .checkpoint(checkpoint)
            .listener(
                new TrainingListener() {
                  @Override
                  public void epoch(Epoch epoch) {
                    throw new IllegalStateException("stopped");
                  }
                })
            .build();
    Split split = SampleModel.dataset().split(1 - 0.1 - 0.05, 0.05, 0.1, 7);
    assertThatIllegalStateException().isThrownBy(() -> stopping.fit(split));
    String[] train = {"train", "--data", data, "--out", out.toString(), "--epochs", "3"};

    Run unasked = Run.of(train);
    assertThat(unasked.exitCode()).isEqualTo(2);
    assertThat(unasked.err()).contains("--resume").contains("--restart");
    assertThat(stopping.hasCheckpoint()).isTrue();

    Run resumed = Run.of(with(train, "--resume"));
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("Epoch 1/3").contains("Epoch 2/3");
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void aFolderOfSomebodyElseWhereTheCheckpointWouldGoIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectory(directory.resolve("precious.checkpoint"));
    Files.writeString(foreign.resolve("thesis.txt"), "x");
    String out = directory.resolve("precious").toString();
    for (String option : new String[] {"--plain", "--restart"}) {
      Run run = Run.of("train", "--data", data, "--out", out, "--epochs", "1", option);
      assertThat(run.exitCode()).isNotZero();
      assertThat(foreign.resolve("thesis.txt")).hasContent("x");
    }
  }

  @Test
  void aFileWhereTheModelShouldGoIsRefusedBeforeTraining() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");
    Run run = Run.of("train", "--data", data, "--out", file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).doesNotContain("Epoch");
    assertThat(file).hasContent("x");
  }

  private static String[] with(String[] arguments, String more) {
    String[] longer = Arrays.copyOf(arguments, arguments.length + 1);
    longer[arguments.length] = more;
    return longer;
  }
}
