package dev.recsys.cli;

import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.data.MovieLens;
import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Measure;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One page about a model: what it recommends, what is alike, a map of the catalogue, how good it
 * is, how fast it answers.
 */
final class ModelReport {
  private static final int SHOWN = 5;
  private static final int LIKE = 3;
  private static final int REQUESTS = 2_000;
  private static final String FILE = "index.html";

  private final FusionModel model;
  private final List<Evaluation> evaluations;

  /**
   * Prepares the page.
   *
   * @param evaluations of the model first, then of what it is compared with; may be empty
   */
  ModelReport(FusionModel model, List<Evaluation> evaluations) {
    this.model = model;
    this.evaluations = evaluations;
  }

  /** Writes the page into a directory, which is made if need be, and returns its file. */
  Path write(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    TextFile.replace(file, html());
    return file;
  }

  private String html() {
    HtmlPage page = new HtmlPage("Model " + model.fingerprint() + " of " + model.schema().name());
    page.text(
        "%,d items, %,d users; trained for %s, ranks by %s."
            .formatted(
                model.items().size(),
                model.encoder().userRows() - 1,
                model.objectives().toString().toLowerCase(Locale.ROOT),
                model.objective().toString().toLowerCase(Locale.ROOT)));
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender recommender = Recommender.of(model, store)) {
      recommend(page, recommender);
      similar(page, recommender);
      map(page);
      quality(page);
      times(page, recommender);
    }
    return page.toString();
  }

  private Map<String, UserProfile> profiles() {
    Map<String, UserProfile> profiles = new LinkedHashMap<>();
    if (model.schema().equals(MovieLens.SCHEMA)) {
      profiles.put(
          "A woman of 25, occupation 10, not known before",
          UserProfile.builder().set("gender", "F").set("age", 25).set("occupation", 10).build());
    }
    long[] users = UserIds.read("all", model);
    for (int i = 0; i < Math.min(LIKE, users.length); i++) {
      long user = users[users.length * i / LIKE];
      profiles.put(
          "User %d, %d ratings".formatted(user, model.history(user).length),
          UserProfile.ofId(user));
    }
    return profiles;
  }

  private void recommend(HtmlPage page, Recommender recommender) {
    page.section("Recommended");
    profiles()
        .forEach(
            (name, profile) -> {
              page.subsection(name);
              List<List<String>> rows = new ArrayList<>();
              for (Recommendation each : recommender.forUser(profile).excludeSeen().topK(SHOWN)) {
                rows.add(
                    List.of(
                        String.valueOf(rows.size() + 1),
                        each.title(),
                        decimal(each.score(), 3),
                        decimal(each.predictedRating(), 2)));
              }
              page.table(List.of("Top", "Title", "Score", "Stars"), rows);
            });
  }

  private void similar(HtmlPage page, Recommender recommender) {
    page.section("Alike");
    List<List<String>> rows = new ArrayList<>();
    for (long item : model.mostRated(LIKE)) {
      List<String> row = new ArrayList<>(List.of(model.item(item).title()));
      recommender.similarTo(item).topK(SHOWN).forEach(each -> row.add(each.title()));
      rows.add(row);
    }
    page.table(List.of("Most rated", "Those most like it"), rows);
  }

  private void map(HtmlPage page) {
    page.section("The catalogue");
    page.text(
        "The items rated most, each beside its like: the plane on which their vectors differ most."
            + " Point at one for its title.");
    page.picture(new CataloguePlot(model).svg());
  }

  private void quality(HtmlPage page) {
    if (evaluations.isEmpty()) {
      return;
    }
    page.section("Quality");
    page.text("On ratings that training has not seen; \u00b1 half of the 95 % interval.");
    List<String> header = new ArrayList<>(List.of("Measure"));
    evaluations.forEach(each -> header.add(each.name()));
    List<List<String>> rows = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (evaluations.stream().allMatch(each -> Double.isNaN(each.value(measure)))) {
        continue;
      }
      List<String> row = new ArrayList<>(List.of(measure.label(evaluations.get(0).k())));
      evaluations.forEach(each -> row.add(EvaluationReport.cell(each.estimate(measure))));
      rows.add(row);
    }
    page.table(header, rows);
    page.picture(new EvaluationReport(evaluations).plot().svg());
  }

  private void times(HtmlPage page, Recommender recommender) {
    Histogram histogram = new Histogram(measure(recommender));
    page.section("Times");
    page.text(
        "%,d times forUser(user).topK(%d) in this process, one after the other, in process and"
                .formatted(REQUESTS, SHOWN)
            + " exact: half within %s us, 99 %% within %s us."
                .formatted(
                    Histogram.micros(histogram.quantile(0.5)),
                    Histogram.micros(histogram.quantile(0.99))));
    page.picture(histogram.svg());
  }

  /** The second of two rounds, the first of which is for the compiler. */
  private double[] measure(Recommender recommender) {
    long[] users = UserIds.read("all", model);
    double[] micros = new double[REQUESTS];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < REQUESTS; i++) {
        UserProfile user = UserProfile.ofId(users.length == 0 ? 0 : users[i % users.length]);
        long start = System.nanoTime();
        recommender.forUser(user).topK(SHOWN);
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
    }
    return micros;
  }

  private static String decimal(double value, int digits) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
