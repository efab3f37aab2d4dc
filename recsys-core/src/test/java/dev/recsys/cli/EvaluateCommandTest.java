package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.SampleModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir private static Path directory;
  private static final String[] COLD = {"--cold-users", "30"};
  private static String model;

  @BeforeAll
  static void saveModel() {
    model = directory.resolve("model").toString();
    SampleModel.model().save(Path.of(model));
  }

  private static Run evaluate(String... more) {
    List<String> all =
        new ArrayList<>(List.of("evaluate", "--data", SampleModel.data().toString()));
    all.addAll(Arrays.asList(more));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void modelStandsBesideAllBaselines() {
    Run run = evaluate("--model", model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.outLines().get(0)).matches("Measure +model +popularity +item-knn +ease +ials");
    assertThat(run.out())
        .containsPattern("rmse +\\d\\.\\d{3} ±0\\.\\d{3} +- +-")
        .containsPattern("ndcg@10( +0\\.\\d{3} ±0\\.\\d{3}){5}")
        .containsPattern("coverage@10( +0\\.\\d{3}| +1\\.000){5}")
        .containsPattern("ndcg@10, model less this +- +-?0\\.\\d{3} ±")
        .contains("Ratings in training")
        .contains("Predicted stars");
    assertThat(run.err()).contains("Split: ml-1m: ").contains("ease: fitted in ");
  }

  @Test
  void jsonHasTheModelAtTheTopAndTheBaselinesBelow() throws IOException {
    Run run = evaluate("--model", model, "--baselines", "ease,popularity", "--format", "json");
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.get("name").asText()).isEqualTo("model");
    assertThat(json.get("rmse").asDouble()).isPositive();
    assertThat(json.get("split").get("kind").asText()).isEqualTo("random");
    assertThat(json.get("activity")).hasSize(4);
    long predictions = 0;
    for (JsonNode bucket : json.get("calibration")) {
      predictions += bucket.get("ratings").asLong();
    }
    assertThat(predictions).isEqualTo(SampleModel.split().test().size());
    JsonNode baselines = json.get("baselines");
    assertThat(baselines.findValuesAsText("name")).containsExactly("popularity", "ease");
    JsonNode ease = baselines.get(1);
    assertThat(ease.get("rmse").isNull()).isTrue();
    assertThat(ease.get("model_above").get("ndcg@10").asDouble())
        .isEqualTo(json.get("ndcg@10").asDouble() - ease.get("ndcg@10").asDouble());
    JsonNode interval = json.get("intervals").get("recall@10");
    assertThat(json.get("recall@10").asDouble())
        .isBetween(interval.get(0).asDouble(), interval.get(1).asDouble());
  }

  @Test
  void modelAloneIsMeasuredWithoutBaselines() throws IOException {
    Run run = evaluate("--model", model, "--baselines", "none", "--format", "json");
    assertThat(JSON.readTree(run.out()).get("baselines")).isEmpty();
    Run text = evaluate("--model", model, "--baselines", "none");
    assertThat(text.outLines().get(0)).matches("Measure +model");
    assertThat(text.out()).doesNotContain("less this");
  }

  @Test
  void modelIsMeasuredByEachOfItsObjectives() throws IOException {
    String[] options = {"--model", model, "--baselines", "none", "--format", "json"};
    List<String> byStars = new ArrayList<>(List.of(options));
    byStars.addAll(List.of("--objective", "rating"));
    JsonNode ranked = JSON.readTree(evaluate(options).out());
    JsonNode rated = JSON.readTree(evaluate(byStars.toArray(String[]::new)).out());
    assertThat(rated.get("rmse")).isEqualTo(ranked.get("rmse"));
    assertThat(rated.get("ndcg@10")).isNotEqualTo(ranked.get("ndcg@10"));
    assertThat(evaluate("--objective", "rating").exitCode()).as("without a model").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"per-user", "leave-one-out", "cold-users"})
  void modelIsNotMeasuredOnRatingsItWasTrainedOn(String split) {
    String[] options = split.startsWith("cold") ? COLD : new String[] {"--split", split};
    Run run = evaluate("--model", model, options[0], options[1]);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("error: the model was trained on ")
        .contains("ratings of the test part of a " + split + " split");
  }

  @Test
  void splitThatAModelWasTrainedWithMayBeNamed() throws IOException {
    Run named =
        evaluate("--model", model, "--split", "random", "--baselines", "none", "--format", "json");
    assertThat(named.exitCode()).as(named.err()).isZero();
    Run unnamed = evaluate("--model", model, "--baselines", "none", "--format", "json");
    assertThat(named.out()).isEqualTo(unnamed.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "per-user", "leave-one-out"})
  void baselinesAreMeasuredOnAnySplit(String split) throws IOException {
    Run run = evaluate("--split", split, "--baselines", "popularity", "--format", "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = JSON.readTree(run.out());
    assertThat(json.has("name")).isFalse();
    assertThat(json.get("split").get("kind").asText()).isEqualTo(split);
    assertThat(json.get("baselines").get(0).get("ndcg@10").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.get("baselines").get(0).has("model_above")).isFalse();
  }

  @Test
  void severalSeedsGiveMeanAndDeviation() throws IOException {
    Run run = evaluate("--seeds", "1,2,3", "--baselines", "popularity,ease", "--format", "json");
    JsonNode baselines = JSON.readTree(run.out()).get("baselines");
    assertThat(baselines).hasSize(2);
    assertThat(baselines.get(1).get("seeds").asInt()).isEqualTo(3);
    assertThat(baselines.get(1).get("ndcg@10").get("deviation").asDouble()).isPositive();
    assertThat(baselines.get(1).has("rmse")).isFalse();
    Run text = evaluate("--seeds", "1,2", "--baselines", "popularity");
    assertThat(text.outLines().get(0)).matches("Mean and deviation +popularity");
    assertThat(text.out()).containsPattern("ndcg@10 +0\\.\\d{4}, 0\\.\\d{4}");
  }

  @Test
  void coldUsersAreMeasuredByTheNumberOfTheirRatingsThatIsKnown() throws IOException {
    Run text = evaluate("--cold-users", "30", "--baselines", "popularity,ease");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.outLines().get(0)).matches("Ratings known +ndcg@10 popularity +ndcg@10 ease");
    assertThat(text.outLines().subList(2, 8))
        .extracting(line -> line.strip().replaceFirst(" .*", ""))
        .containsExactly("0", "1", "3", "5", "10", "20");
    assertThat(text.outLines().get(8)).endsWith(" users");
    Run run = evaluate("--cold-users", "30", "--baselines", "ease", "--format", "json");
    JsonNode points = JSON.readTree(run.out());
    assertThat(points).hasSize(6);
    assertThat(points.get(5).get("ratings_known").asInt()).isEqualTo(20);
    assertThat(points.get(5).get("methods").get(0).get("name").asText()).isEqualTo("ease");
    Run seeds = evaluate("--cold-users", "30", "--seeds", "1,2", "--baselines", "popularity");
    assertThat(seeds.exitCode()).isEqualTo(2);
    assertThat(seeds.err()).contains("--cold-users takes one of --seeds");
  }

  @Test
  void coldItemsAreReachedByTheirAttributes() throws IOException {
    Run run =
        evaluate(
            "--cold-items",
            "20",
            "-k",
            "30",
            "--baselines",
            "attribute-popularity,random,ease",
            "--format",
            "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode baselines = JSON.readTree(run.out()).get("baselines");
    assertThat(baselines.findValuesAsText("name"))
        .containsExactly("ease", "attribute-popularity", "random");
    // about 30 of 120 less those that were trained on
    assertThat(baselines.get(2).get("reach@30").asDouble()).isBetween(0.2, 0.6);
  }

  @Test
  void plotHasALineForEveryMethod() throws IOException {
    Path plot = directory.resolve("activity.svg");
    Run run =
        evaluate("--baselines", "popularity,ease", "--plot", plot.toString(), "--split", "random");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(plot).content().contains(">ease</text>", ">popularity</text>", "ndcg@10");
    Files.writeString(plot, "old");
    evaluate("--baselines", "ease", "--plot", plot.toString(), "--cold-users", "30");
    assertThat(plot).content().contains(">Ratings known</text>", ">ease</text>");
    assertThat(plot.resolveSibling("activity.svg.new")).doesNotExist();
    Run nowhere = evaluate("--baselines", "popularity", "--plot", plot + "/none/x.svg");
    assertThat(nowhere.exitCode()).isEqualTo(1);
    assertThat(nowhere.err()).contains("x.svg");
  }

  @Test
  void onlyOneSplitCanBeChosen() {
    Run run = evaluate("--cold-items", "3", "--split", "random");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--cold-items").contains("--split");
    assertThat(evaluate("-k", "0").err()).contains("-k must be at least 1, got 0");
    assertThat(evaluate("--cold-users", "9999").err()).contains("users to hold out must be from 0");
  }

  @Test
  void thereMustBeSomethingToMeasure() {
    Run nothing = evaluate("--baselines", "none");
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.err()).contains("neither --model nor --baselines");
    Run unknown = evaluate("--baselines", "ease,magic");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err())
        .contains(
            "some of [popularity, item-knn, ease, ials, attribute-popularity, random], got \"ease,magic\"");
  }
}
