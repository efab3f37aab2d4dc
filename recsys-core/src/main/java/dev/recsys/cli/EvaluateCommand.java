package dev.recsys.cli;

import dev.recsys.data.Dataset;
import dev.recsys.data.Split;
import dev.recsys.eval.Evaluation;
import dev.recsys.model.FusionModel;
import dev.recsys.model.TrainingSummary;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on the ratings that training kept apart. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on the test part of the split it was trained with.",
      "Ranking: every movie is ranked for every user, those trained on left out; a movie is"
          + " relevant if its test rating is 4 or more."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  recsys evaluate --data ml-1m --model model"})
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private ModelOption model = new ModelOption();

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    FusionModel loaded = model.load();
    Split split = split(loaded.training(), data.read(err), err);
    Evaluation evaluation = Evaluation.of(loaded, split);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.TEXT) {
      Measures.print(out, evaluation);
    } else {
      Json.print(out, Measures.json(evaluation));
    }
    return 0;
  }

  private static Split split(TrainingSummary trained, Dataset dataset, PrintWriter err) {
    if (!trained.dataset().equals(dataset.fingerprint())) {
      err.println(
          "warning: the model was trained on other data than this; ratings that it has seen may be"
              + " among those it is measured on");
    }
    if (trained.testFraction() == 0) {
      throw new IllegalArgumentException(
          "the model was trained with --test 0: no rating was kept apart to measure it on");
    }
    return dataset.split(
        trained.trainFraction(),
        trained.validationFraction(),
        trained.testFraction(),
        trained.splitSeed());
  }
}
