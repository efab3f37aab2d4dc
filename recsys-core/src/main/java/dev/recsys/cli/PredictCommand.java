package dev.recsys.cli;

import dev.recsys.features.UserProfile;
import dev.recsys.model.FusionModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Predicts the stars of pairs of a user and an item. */
@Command(
    name = "predict",
    description = "Writes the predicted stars of pairs of a user and a movie as CSV.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The file has a line with two ids for each pair, and may begin with the line 'user,movie'.",
      "",
      "Example:",
      "  recsys predict --model model --pairs pairs.csv > stars.csv"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "CSV of user,movie.")
  private Path pairs = Path.of("pairs.csv");

  @Override
  public Integer call() {
    FusionModel loaded = model.load();
    PrintWriter out = spec.commandLine().getOut();
    try (BufferedReader lines = Files.newBufferedReader(pairs)) {
      out.println("user,movie,stars");
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean heading = ++number == 1 && line.strip().equalsIgnoreCase("user,movie");
        if (!heading && !line.isBlank()) {
          out.println(predict(loaded, number, line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + pairs + ": " + e.getMessage(), e);
    }
    return 0;
  }

  private String predict(FusionModel loaded, int number, String line) {
    String[] cells = line.split(",", -1);
    try {
      if (cells.length != 2) {
        throw new NumberFormatException();
      }
      long user = Long.parseLong(cells[0].strip());
      long item = Long.parseLong(cells[1].strip());
      double stars = loaded.predictStars(UserProfile.ofId(user), item);
      return String.format(Locale.ROOT, "%d,%d,%.4f", user, item, stars);
    } catch (NumberFormatException e) {
      throw new InputException(
          pairs, number, "expected user,movie (two ids), got '" + line + "'", e);
    } catch (IllegalArgumentException e) {
      throw new InputException(pairs, number, String.valueOf(e.getMessage()), e);
    }
  }
}
