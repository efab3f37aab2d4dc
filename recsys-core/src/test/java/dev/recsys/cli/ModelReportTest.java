package dev.recsys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recsys.SampleModel;
import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Evaluator;
import dev.recsys.eval.RankingModel;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ModelReportTest {
  @TempDir private Path directory;

  private static Document parsed(String html) throws Exception {
    String xml = html.replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> texts(Document page, String tag) {
    NodeList nodes = page.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void thePageIsWellFormedWholeAndNeedsNothingElse() throws Exception {
    FusionModel model = SampleModel.model();
    Evaluation measured = Evaluator.on(SampleModel.split()).evaluate(RankingModel.of(model));
    Path file = new ModelReport(model, List.of(measured)).write(directory.resolve("new"));
    assertThat(file).isEqualTo(directory.resolve("new").resolve("index.html"));
    String html = Files.readString(file);
    Document page = parsed(html);
    assertThat(texts(page, "h2"))
        .containsExactly("Recommended", "Alike", "The catalogue", "Quality", "Times");
    assertThat(texts(page, "svg")).hasSize(3);
    assertThat(texts(page, "td")).contains(model.item(model.mostRated(1)[0]).title());
    assertThat(texts(page, "circle").size()).isGreaterThanOrEqualTo(model.items().size());
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http", "<script", "src=", "url(");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aBrowserShowsIt() throws Exception {
    Optional<Path> browser =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(path -> Stream.of("chromium", "google-chrome").map(Path.of(path)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(browser.isPresent(), "SKIPPED: neither chromium nor google-chrome is on the PATH");
    Path page = new ModelReport(SampleModel.model(), List.of()).write(directory);
    Path shot = directory.resolve("page.png");
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--window-size=1000,3000",
                "--screenshot=" + shot,
                page.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("browser.log").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    BufferedImage image = ImageIO.read(shot.toFile());
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colors.add(image.getRGB(x, y));
      }
    }
    assertThat(colors).contains(0xff000000 | Integer.decode(Svg.COLORS.get(0)));
    assertThat(colors.size()).isGreaterThan(50);
  }

  @Test
  void aModelThatRanksByStarsHasOneToo() throws Exception {
    FusionModel model = SampleModel.model().rankingBy(Objective.RATING);
    Document page = parsed(Files.readString(new ModelReport(model, List.of()).write(directory)));
    assertThat(texts(page, "h2")).doesNotContain("Quality").contains("Times");
  }

  @Test
  void textsFromOutsideAreTexts() throws Exception {
    String odd = "<b>\"Tom & Jerry\" \u0007</b>";
    String html = new HtmlPage(odd).text(odd).table(List.of(odd), List.of(List.of(odd))).toString();
    assertThat(texts(parsed(html), "td")).containsExactly("<b>\"Tom & Jerry\"  </b>");
    assertThat(texts(parsed(html), "b")).isEmpty();
  }

  @Test
  void theMapShowsTheAxesOfGreatestVariance() {
    Random random = new Random(3);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      float[] vector = new float[8];
      vector[0] = 10;
      vector[3] = (float) random.nextGaussian() * 3;
      vector[5] = (float) random.nextGaussian();
      vector[6] = (float) random.nextGaussian() * 0.01f;
      vectors.add(vector);
    }
    double[][] places = PlaneMap.of(vectors);
    assertThat(Math.abs(correlation(places, 0, vectors, 3))).isGreaterThan(0.99);
    assertThat(Math.abs(correlation(places, 1, vectors, 5))).isGreaterThan(0.99);
    assertThat(Math.abs(correlation(places, 0, vectors, 5))).isLessThan(0.2);
  }

  private static double correlation(
      double[][] places, int axis, List<float[]> vectors, int component) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < places.length; i++) {
      double x = places[i][axis];
      double y = vectors.get(i)[component];
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void quantilesAreThoseOfTheSortedTimes() {
    Histogram histogram = new Histogram(new double[] {5, 1, 4, 2, 3});
    assertThat(histogram.quantile(0)).isEqualTo(1);
    assertThat(histogram.quantile(0.5)).isEqualTo(3);
    assertThat(histogram.quantile(1)).isEqualTo(5);
    assertThat(new Histogram(new double[] {2}).svg()).contains("2.0 to 2.0 us: 1");
  }
}
