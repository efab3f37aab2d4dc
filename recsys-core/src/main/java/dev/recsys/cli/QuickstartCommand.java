package dev.recsys.cli;

import dev.recsys.Recommender;
import dev.recsys.data.Dataset;
import dev.recsys.data.MovieLens;
import dev.recsys.data.Split;
import dev.recsys.eval.Evaluation;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Data, training, vectors and five movies in one go. */
@Command(
    name = "quickstart",
    description = {
      "Reads ml-1m, trains a model for a few epochs, measures it and recommends five movies to a"
          + " 25-year-old woman of occupation 10.",
      "Without ml-1m at hand it takes a generated sample in the same format."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  recsys quickstart --data ml-1m",
      "  recsys quickstart --data ml-1m --report report"
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final long SEED = 7;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the model goes, replacing one that is there (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("recsys-quickstart");

  @Option(
      names = "--epochs",
      defaultValue = "6",
      description = "Most passes over the ratings (default: 6).")
  private int epochs = 6;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write a page about the model: recommendations, a map of the catalogue, times.")
  private @Nullable Path report;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter print = spec.commandLine().getOut();
    Split split = dataset(err).split(0.85, 0.05, 0.1, SEED);
    FusionModel model = train(split, err);
    model.save(out);
    Evaluation measured = Evaluation.of(model, split);
    Measures.print(print, measured);
    print.println();
    recommend(model, print);
    print.println();
    if (report != null) {
      print.println("A page about it: " + new ModelReport(model, List.of(measured)).write(report));
    }
    print.println("The model is in " + out + ". Next, for example:");
    print.println("  recsys recommend --model " + out + " -a 35 -g M -j lawyer -k 10");
    print.println("  recsys similar --model " + out + " 1");
    return 0;
  }

  private Dataset dataset(PrintWriter err) {
    try {
      return data.read(err);
    } catch (MovieLens.UnavailableException e) {
      if (data.given()) {
        throw e;
      }
      err.println("ml-1m cannot be had (" + e.getMessage() + "): going on with a generated sample");
      return Samples.read(data, err);
    }
  }

  private FusionModel train(Split split, PrintWriter err) {
    try (TrainingProgress progress = new TrainingProgress(err)) {
      return FusionTrainer.builder()
          .seed(SEED)
          .epochs(epochs)
          .listener(progress)
          .build()
          .fit(split);
    }
  }

  private static void recommend(FusionModel model, PrintWriter print) {
    UserProfile profile =
        UserProfile.builder().set("gender", "F").set("age", 25).set("occupation", 10).build();
    print.println("For a 25-year-old woman, occupation 10:");
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender recommender = Recommender.of(model, store)) {
      RecommendationTable.print(print, recommender.forUser(profile).topK(5));
    }
  }
}
