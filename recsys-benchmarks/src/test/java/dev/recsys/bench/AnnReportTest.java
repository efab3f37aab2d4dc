package dev.recsys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.bench.peer.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command from its options to its files. */
class AnnReportTest {
  private static final int BACKEND = 7;
  private static final int PARAMETERS = 8;
  private static final int RECALL = 9;
  private static final int LOAD = 15;
  private static final String NAME = "low-rank-400x16";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void headless() {
    System.setProperty("java.awt.headless", "true");
  }

  private int run(String arguments) {
    CommandLine command = AnnReport.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments.replace("DIR", directory.toString()).split(" "));
  }

  /** Returns the cells of the rows; those of a report on generated vectors have no quotes. */
  private List<String[]> rows() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("results.csv"));
    return lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  private static List<String> column(List<String[]> rows, int column) {
    return rows.stream().map(row -> row[column]).distinct().toList();
  }

  private static List<String> labels(Predicate<Backend> which) {
    return Arrays.stream(Backend.values()).filter(which).map(Backend::label).toList();
  }

  @Test
  void allBackendsAreMeasuredSavedAndDrawn() throws Exception {
    int code =
        run(
            "--generate 400 16 --backends all --ef 5,10,40 --queries 30 --seconds 0.01"
                + " --filter-selectivity 0.5 --save-vectors --out DIR");
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    List<String[]> rows = rows();
    assertThat(column(rows, BACKEND)).isEqualTo(labels(backend -> true));
    for (Backend backend : Backend.values()) {
      List<String[]> own = rows.stream().filter(r -> r[BACKEND].equals(backend.label())).toList();
      assertThat(own).hasSize((backend.tunable() ? 2 : 1) * (backend.filters() ? 2 : 1));
      assertThat(own)
          .allSatisfy(r -> assertThat(Double.parseDouble(r[RECALL])).isBetween(0.8, 1.0));
    }
    assertThat(rows)
        .allSatisfy(row -> assertThat(row).startsWith("low-rank", "400", "16", "ip", "10", "1"));
    assertThat(column(rows.stream().filter(row -> !row[LOAD].isEmpty()).toList(), BACKEND))
        .contains("recsys exact", "recsys hnsw", "jvector", "lucene", "langchain4j");
    for (String picture : List.of("f1", "f0.5")) {
      Path base = directory.resolve("recall-" + NAME + "-ip-k10-t1-" + picture);
      assertThat(ImageIO.read(Path.of(base + ".png").toFile())).isNotNull();
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      assertThat(
              factory
                  .newDocumentBuilder()
                  .parse(Path.of(base + ".svg").toFile())
                  .getElementsByTagName("*")
                  .getLength())
          .isGreaterThan(50);
    }
    assertThat(out.toString()).contains("exact search had the lowest median latency");
  }

  @Test
  void savedVectorsAreMeasuredAgainFromTheirFilesAndRowsAppended() throws IOException {
    assertThat(
            run(
                "--generate 400 16 --backends exact --queries 30 --seconds 0.01 --save-vectors"
                    + " --out DIR"))
        .isZero();
    String before = Files.readString(directory.resolve("results.csv"));
    String files = "--base DIR/X.base.fvecs --query DIR/X.query.fvecs --groundtruth DIR/X.gt.ivecs";
    assertThat(
            run(
                files.replace("X", NAME)
                    + " --backends exact,lucene --ef 40 --k 5 --seconds 0.01 --threads 2"
                    + " --out DIR"))
        .isZero();
    assertThat(Files.readString(directory.resolve("results.csv"))).startsWith(before);
    List<String[]> added = rows().subList(1, 3);
    assertThat(added.get(0)).startsWith(NAME, "400", "16", "ip", "5", "2", "1", "recsys exact");
    assertThat(added.get(0)[RECALL]).isEqualTo("1");
    assertThat(added.get(1)[PARAMETERS]).isEqualTo("maxConn=16 beamWidth=200 k=40");
    Path picture = directory.resolve("recall-" + NAME + "-400x16-ip-k5-t2-f1.png");
    Files.delete(picture);
    assertThat(run("--plot DIR")).isZero();
    assertThat(picture).exists();
  }

  @Test
  void whatWasTurnedOverOrAskedAtOnceHasRowsOfItsOwn() throws IOException {
    assertThat(
            run(
                "--generate 300 8 --backends exact,hnsw,lucene --ef 20 --queries 20 --turnovers 3"
                    + " --batches --seconds 0.01 --out DIR"))
        .as(err.toString())
        .isZero();
    String graph = "m=16 efConstruction=200 ef=20";
    assertThat(column(rows(), PARAMETERS))
        .containsExactly(
            "exact",
            "exact batched",
            "exact turnovers=3",
            "exact turnovers=3 batched",
            graph,
            graph + " batched",
            graph + " turnovers=3",
            graph + " turnovers=3 batched",
            "maxConn=16 beamWidth=200 k=20");
    assertThat(rows())
        .allSatisfy(row -> assertThat(Double.parseDouble(row[RECALL])).isGreaterThan(0.95));
  }

  @Test
  void noMoreIsWantedThanThereIs() throws IOException {
    assertThat(run("--generate 8 4 --backends exact,hnsw,lucene --k 20 --seconds 0.01 --out DIR"))
        .as(err.toString())
        .isZero();
    assertThat(column(rows(), 4)).containsExactly("8");
    assertThat(column(rows(), RECALL)).containsExactly("1");
  }

  @Test
  void aModelsItemsAreMeasured() throws IOException {
    assertThat(run("--from-model sample --backends exact --queries 20 --seconds 0.01 --out DIR"))
        .as(err.toString())
        .isZero();
    assertThat(column(rows(), 0)).containsExactly("model");
    assertThat(column(rows(), RECALL)).containsExactly("1");
  }

  @Test
  void whatABackendDoesNotTakeIsSaidAndLeftOut() throws IOException {
    assertThat(
            run(
                "--generate 50 4 --spectrum flat --backends langchain4j,exact --seconds 0.01"
                    + " --out DIR"))
        .isZero();
    assertThat(out.toString()).contains("langchain4j        does not take such vectors under IP");
    assertThat(column(rows(), BACKEND)).containsExactly("recsys exact");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--generate 10 4|--out must be given, the directory for the results",
        "--out DIR|exactly one of --base, --generate and --from-model must be given, got 0",
        "--out DIR --generate 10 4 --from-model x|must be given, got 2",
        "--out DIR --base x|--base needs --query",
        "--out DIR --generate 10 4 --groundtruth x|--groundtruth goes with --base",
        "--out DIR --generate 10 4 --k 0|--k and --threads must be at least 1",
        "--out DIR --generate 10 4 --turnovers -1|--turnovers must be at least 0, got -1",
        "--out DIR --generate 10 4 --seconds 0|--seconds above 0, got 10, 1 and 0.0",
        "--out DIR --generate 0 4|must be at least 1, got 0, 4 and 1000",
        "--out DIR --generate 10 4 --queries 0|--queries must be at least 1, got 0",
        "--out DIR --generate 10 4 --metric dot|--metric must be one of [IP, COSINE, L2], got dot",
        "--out DIR --generate 10 4 --backends faiss|LUCENE, LANGCHAIN4J, SPRING_AI], got faiss",
        "--out DIR --generate 10 4 --filter-selectivity 2|kept share must be in (0, 1), got 2.0"
      })
  void wrongOptionsEndWithOneLineAndTwo(String arguments, String problem) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines().toList())
        .singleElement()
        .asString()
        .startsWith("error: ")
        .contains(problem);
  }

  @Test
  void aMissingFileEndsWithOneLineAndOne() {
    assertThat(run("--base DIR/no.fvecs --query DIR/no.fvecs --out DIR")).isEqualTo(1);
    assertThat(err.toString().lines().toList())
        .singleElement()
        .asString()
        .startsWith("error: " + directory.resolve("no.fvecs") + ": cannot be read");
  }
}
