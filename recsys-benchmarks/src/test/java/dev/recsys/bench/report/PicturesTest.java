package dev.recsys.bench.report;

import static dev.recsys.bench.report.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** Pictures are drawn of all that can be compared. */
class PicturesTest {
  // letters are drawn as paths, so that colours are what tells who is there
  private static final String FIRST_OF_OURS = "stroke:rgb(198,26,26)";
  private static final String FIRST_OF_OTHERS = "stroke:rgb(245,142,29)";

  @TempDir private Path directory;

  @BeforeAll
  static void headless() {
    System.setProperty("java.awt.headless", "true");
  }

  private void append(ResultRow... rows) {
    ResultsFile results = ResultsFile.in(directory);
    for (ResultRow row : rows) {
      results.append(row);
    }
  }

  private String svg(String name) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Document document =
        factory.newDocumentBuilder().parse(directory.resolve(name + ".svg").toFile());
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    return Files.readString(directory.resolve(name + ".svg"));
  }

  private void assertPng(String name) throws IOException {
    BufferedImage image = ImageIO.read(directory.resolve(name + ".png").toFile());
    assertThat(image.getWidth()).isEqualTo(Curve.WIDTH);
    assertThat(image.getHeight()).isEqualTo(Curve.HEIGHT);
    int corner = image.getRGB(0, 0);
    boolean drawn = false;
    for (int x = 0; x < Curve.WIDTH; x++) {
      drawn |= image.getRGB(x, Curve.HEIGHT / 2) != corner;
    }
    assertThat(drawn).isTrue();
  }

  @Test
  void everyTaskIsDrawnWithAllItsBackends() throws Exception {
    append(
        row(100, "recsys exact", 1, 9_000, 100),
        row(100, "lucene", 0.95, 700, 1_000),
        row(100, "lucene", 0.99, 500, 2_000),
        row(new ResultRow.Task("a/b", 7, 3, "l2", 5, 2, 0.01), "jvector", 0.5, 3, 9));
    List<String> pictures = Pictures.draw(directory);
    assertThat(pictures)
        .containsExactly("recall-low-rank-100x64-ip-k10-t1-f1", "recall-a_b-7x3-l2-k5-t2-f0.01");
    assertThat(svg(pictures.get(0))).contains(FIRST_OF_OURS, FIRST_OF_OTHERS);
    assertThat(svg(pictures.get(1))).contains(FIRST_OF_OTHERS).doesNotContain(FIRST_OF_OURS);
    for (String picture : pictures) {
      assertPng(picture);
    }
  }

  @Test
  void growthIsDrawnOnceThereAreTwoSizes() throws Exception {
    append(row(100, "recsys exact", 1, 9_000, 100), row(1_000, "recsys exact", 1, 900, 1_000));
    assertThat(Pictures.draw(directory)).contains("growth-low-rank-64d-ip-k10-t1");
    assertPng("growth-low-rank-64d-ip-k10-t1");
    assertThat(svg("growth-low-rank-64d-ip-k10-t1")).contains(FIRST_OF_OURS);
  }

  @Test
  void rowsOfBatchesAndOfLittleRecallAreNotDrawn() throws Exception {
    append(
        row(100, "recsys exact", 1, 9_000, 100),
        row(100, "batcher", 1, 9_000_000, Double.NaN),
        row(100, "guesser", 0.2, 9_000_000, 1));
    assertThat(svg(Pictures.draw(directory).get(0)))
        .contains(FIRST_OF_OURS)
        .doesNotContain(FIRST_OF_OTHERS);
  }

  @Test
  void nothingIsDrawnOfNothing() throws IOException {
    assertThat(Pictures.draw(directory)).isEmpty();
    assertThat(Pictures.growth(directory)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1",
        "20|20",
        "0.05|0.05",
        "5000|5,000",
        "1000000|1,000,000",
        "0.001|0.001",
        "99.99999999|100",
        "3|''",
        "40000|''",
        "1500|''",
        "0.7|''"
      })
  void onlyOneTwoAndFiveAreLabelledSoThatLabelsDoNotOverlap(double number, String label) {
    assertThat(Curve.label(number)).isEqualTo(label);
  }
}
