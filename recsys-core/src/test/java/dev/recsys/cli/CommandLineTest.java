package dev.recsys.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.SampleModel;
import dev.recsys.model.FusionModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir private static Path shared;
  private static String model = "";
  @TempDir private Path directory;

  @BeforeAll
  static void saveModel() {
    Path path = shared.resolve("model");
    SampleModel.model().save(path);
    model = path.toString();
  }

  @Test
  void recommendPrintsTheArticlesColumnsAndTheStars() {
    Run run = Run.of("recommend", "--model", model, "-a", "25", "-g", "F", "-j", "10");
    assertThat(run.exitCode()).isZero();
    List<String> lines = run.outLines();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0).split(" +")).containsExactly("Top", "Ids", "Title", "Score", "Stars");
    assertThat(lines.get(2)).startsWith("  1");
    assertThat(lines.get(6)).startsWith("  5");
  }

  @Test
  void recommendExplains() {
    Run text = Run.of("recommend", "--model", model, "-g", "F", "--rated", "7:5", "--explain");
    assertThat(text.out())
        .contains("Because of")
        .contains("what everybody likes")
        .contains("gender F")
        .contains("5 stars for");
    String[] json = {
      "recommend", "--model", model, "-g", "F", "--explain", "--format", "json", "-k", "1"
    };
    assertThat(Run.of(json).out()).contains("\"because\"").contains("\"everybody\"");
    Run many = Run.of("recommend", "--model", model, "--users", "all", "--explain");
    assertThat(many.exitCode()).isEqualTo(2);
    assertThat(many.err()).contains("--explain is for one user");
  }

  @Test
  void recommendAnswersAsJson() throws IOException {
    JsonNode rows =
        JSON.readTree(
            Run.of("recommend", "--model", model, "-u", "1", "-k", "3", "--format", "json").out());
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).get("top").asInt()).isEqualTo(1);
    assertThat(rows.get(0).get("score").asDouble())
        .isGreaterThanOrEqualTo(rows.get(1).get("score").asDouble());
    assertThat(rows.get(0).get("stars").asDouble()).isBetween(1.0, 5.0);
  }

  @Test
  void theObjectiveCanBeChosen() throws IOException {
    String[] byStars = {
      "recommend", "--model", model, "-u", "1", "--objective", "rating", "--format", "json"
    };
    double before = 5;
    for (JsonNode row : JSON.readTree(Run.of(byStars).out())) {
      assertThat(row.get("stars").asDouble()).isLessThanOrEqualTo(before);
      before = row.get("stars").asDouble();
    }
    Run ranked = Run.of("recommend", "--model", model, "-u", "1", "--objective", "ranking");
    assertThat(ranked.out()).isEqualTo(Run.of("recommend", "--model", model, "-u", "1").out());
  }

  @Test
  void ratingsTypedMoveTheRanking() throws IOException {
    String first = Long.toString(SampleModel.model().items().get(0).id());
    String second = Long.toString(SampleModel.model().items().get(1).id());
    Run run =
        Run.of(
            "recommend",
            "--model",
            model,
            "--rated",
            first + ":5," + second + ":2.5",
            "--exclude-seen",
            "-k",
            "150",
            "--format",
            "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode rows = JSON.readTree(run.out());
    assertThat(rows).hasSize(SampleModel.model().items().size() - 2);
    assertThat(rows.findValuesAsText("id")).doesNotContain(first, second);
  }

  @Test
  void anOccupationCanBeNamed() {
    Run byNumber = Run.of("recommend", "--model", model, "-a", "40", "-g", "m", "-j", "11");
    Run byName = Run.of("recommend", "--model", model, "-a", "40", "-g", "male", "-j", "lawyer");
    assertThat(byName.exitCode()).isZero();
    assertThat(byName.out()).isEqualTo(byNumber.out());
  }

  @Test
  void usersInBulkGetALineEach() throws IOException {
    Run run =
        Run.of(
            "recommend",
            "--model",
            model,
            "--users",
            "all",
            "-k",
            "4",
            "--exclude-seen",
            "--format",
            "jsonl");
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(SampleModel.dataset().users().size());
    FusionModel loaded = SampleModel.model();
    for (String line : run.outLines()) {
      JsonNode row = JSON.readTree(line);
      assertThat(row.get("items")).hasSize(4);
      assertThat(row.get("scores")).hasSize(4);
      for (JsonNode item : row.get("items")) {
        assertThat(loaded.history(row.get("user").asLong())).doesNotContain(item.asLong());
      }
    }
  }

  @Test
  void usersOfAFileKeepItsOrder() throws IOException {
    Path file = Files.writeString(directory.resolve("users"), "5\n\n3\n");
    Run run = Run.of("recommend", "--model", model, "--users", file.toString());
    assertThat(run.outLines()).hasSize(2);
    assertThat(JSON.readTree(run.outLines().get(0)).get("user").asLong()).isEqualTo(5);
    assertThat(JSON.readTree(run.outLines().get(1)).get("user").asLong()).isEqualTo(3);
  }

  @Test
  void vectorsIndexedIntoAStoreServeLater() {
    String store = "embedded:" + directory.resolve("store");
    Run index = Run.of("index", "--model", model, "--store", store);
    assertThat(index.exitCode()).isZero();
    assertThat(index.out()).contains(SampleModel.model().items().size() + " item vectors loaded");
    Run fromStore = Run.of("recommend", "--model", model, "--store", store, "-u", "7");
    Run fromMemory = Run.of("recommend", "--model", model, "-u", "7");
    Run reloaded = Run.of("recommend", "--model", model, "--store", store, "-u", "7", "-i");
    assertThat(fromStore.out()).isEqualTo(fromMemory.out());
    assertThat(reloaded.out()).isEqualTo(fromMemory.out());
  }

  @Test
  void similarPrintsTheItemsMostLikeOne() {
    long item = SampleModel.model().items().get(0).id();
    Run run = Run.of("similar", "--model", model, Long.toString(item), "-k", "3");
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(5);
  }

  @Test
  void predictWritesStarsForPairs() throws IOException {
    long item = SampleModel.model().items().get(0).id();
    Path pairs = Files.writeString(directory.resolve("pairs.csv"), "user,movie\n1," + item + "\n");
    Run run = Run.of("predict", "--model", model, "--pairs", pairs.toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines().get(0)).isEqualTo("user,movie,stars");
    assertThat(run.outLines().get(1)).matches("1," + item + ",[1-5]\\.\\d{4}");
  }

  @Test
  void aBadPairIsNamedByFileAndLine() throws IOException {
    Path pairs = Files.writeString(directory.resolve("pairs.csv"), "1,2\n1;2\n");
    Run run = Run.of("predict", "--model", model, "--pairs", pairs.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("pairs.csv:2").contains("1;2");
  }

  @Test
  void aHeadingInAnotherOrderIsNotTakenForTheRightOne() throws IOException {
    Path pairs = Files.writeString(directory.resolve("pairs.csv"), "movie,user\n1,2\n");
    Run run = Run.of("predict", "--model", model, "--pairs", pairs.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("pairs.csv:1").contains("movie,user");
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() {
    StringWriter err = new StringWriter();
    PrintWriter full =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            true,
            UTF_8);
    int code =
        Main.run(full, new PrintWriter(err, true), "recommend", "--model", model, "--users", "all");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("standard output cannot be written");
  }

  @Test
  void anUnknownUserIsSaidToBeUnknown() {
    Run run = Run.of("recommend", "--model", model, "-u", "999999");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("user 999999 is unknown");
  }

  @Test
  void aCountOutOfRangeIsRefusedBeforeAStoreIsMade() {
    Path store = directory.resolve("store");
    Run run =
        Run.of("recommend", "--model", model, "-u", "1", "-k", "0", "--store", "embedded:" + store);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(store).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend --model MODEL -g banana",
        "recommend --model MODEL -u 1 -k 0",
        "recommend --model MODEL -u 1 -k -3",
        "recommend --model MODEL -u 1 -k many",
        "recommend --model MODEL -a -4",
        "recommend --model MODEL -j astronaut",
        "recommend --model MODEL --set shoe=43",
        "recommend --model MODEL",
        "recommend --model MODEL -u 1 --users all",
        "recommend --model MODEL --rated 1:5 --users all",
        "recommend --model MODEL --rated 1=5",
        "recommend --model MODEL --rated 1:6",
        "recommend --model MODEL --rated -7:3",
        "recommend --model MODEL -u 1 --objective beauty",
        "train --out model --plain --objective ranking --data DATA",
        "recommend --model MODEL -u 1 --format jsonl",
        "recommend --model MODEL --users all --format json",
        "recommend --model MODEL -g F --set gender=M",
        "evaluate --model MODEL --data DATA --format jsonl",
        "recommend --model MODEL -u 1 --store nowhere",
        "recommend --model MODEL -u 1 --store milvus:localhost",
        "recommend --model MODEL -u 1 --store milvus:ftp://localhost:19530",
        "recommend --model MODEL -u 1 --token secret",
        "recommend -u 1",
        "similar --model MODEL -1",
        "similar --model MODEL 99999999",
        "train --out model --epochs 0 --data DATA",
        "train --out model --test 1.5 --data DATA",
        "train --out model --objective beauty --data DATA",
        "nonsense"
      })
  void wrongUsageIsOneLineAndExitCode2(String line) {
    Run run = Run.of(arguments(line));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("error: ").doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend --model DIRECTORY/none -u 1",
        "recommend --model DIRECTORY -u 1",
        "evaluate --model MODEL --data DIRECTORY/none",
        "train --out DIRECTORY/model --data DIRECTORY/none",
        "predict --model MODEL --pairs DIRECTORY/none",
        "recommend --model MODEL --users DIRECTORY/none"
      })
  void aFailureIsOneLineAndExitCode1(String line) {
    Run run = Run.of(arguments(line));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("error: ").contains(directory.toString());
  }

  @Test
  void debugShowsTheStackTrace() {
    Run run = Run.of("recommend", "--debug", "--model", directory.toString(), "-u", "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("\tat ");
  }

  @Test
  void aCorruptModelIsRefusedByName() throws IOException {
    Path copy = directory.resolve("model");
    SampleModel.model().save(copy);
    Path serving;
    try (var files = Files.list(copy)) {
      serving = files.filter(f -> f.toString().contains("serving-")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(serving);
    bytes[bytes.length / 2] ^= 1;
    Files.write(serving, bytes);
    Run run = Run.of("recommend", "--model", copy.toString(), "-u", "1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains(serving.getFileName().toString());
  }

  @Test
  void aTrainingThatFailsLeavesTheModelThatWasThere() throws IOException {
    Path out = directory.resolve("model");
    SampleModel.model().save(out);
    byte[] before = Files.readAllBytes(out.resolve("model.json"));
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("movies.dat"), "1::Alone (1990)::Drama\n", UTF_8);
    Files.writeString(data.resolve("users.dat"), "1::F::25::10::00000\n", UTF_8);
    Files.writeString(data.resolve("ratings.dat"), "1::1::banana::1\n", UTF_8);
    Run run = Run.of("train", "--data", data.toString(), "--out", out.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("ratings.dat").contains("banana");
    assertThat(Files.readAllBytes(out.resolve("model.json"))).isEqualTo(before);
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command :
        List.of("quickstart", "train", "evaluate", "index", "recommend", "similar", "predict")) {
      Run run = Run.of(command, "--help");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("Example").contains("recsys " + command);
    }
  }

  private String[] arguments(String line) {
    return line.replace("MODEL", model)
        .replace("DIRECTORY", directory.toString())
        .replace("DATA", SampleModel.data().toString())
        .split(" ");
  }
}
