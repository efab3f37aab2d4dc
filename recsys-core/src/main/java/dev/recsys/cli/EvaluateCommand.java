package dev.recsys.cli;

import dev.recsys.data.Dataset;
import dev.recsys.data.Split;
import dev.recsys.eval.Baseline;
import dev.recsys.eval.Evaluation;
import dev.recsys.eval.Evaluator;
import dev.recsys.eval.RankingModel;
import dev.recsys.model.FusionModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model, and methods of reference beside it, on ratings that training kept apart. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on the test part of the split it was trained with, and beside it methods"
          + " of reference that are fitted to the training part of the same split.",
      "Ranking: every movie is ranked for every user, those trained on left out; a movie is"
          + " relevant if its test rating is 4 or more. Intervals hold the measure with 95 %"
          + " confidence, had other users been tested (bootstrap).",
      "A model can be measured fairly on no other split than its own: what another keeps for the"
          + " test, the model has been trained on. Without --model, the methods of reference are"
          + " measured on any split, with several seeds if wanted."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  recsys evaluate --data ml-1m --model model",
      "  recsys evaluate --data ml-1m --model model --baselines none --format json",
      "  recsys evaluate --data ml-1m --split leave-one-out --baselines popularity,ease",
      "  recsys evaluate --data ml-1m --seeds 1,2,3"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private SplitOptions splits = new SplitOptions();
  @Mixin private BaselinesOption baselines = new BaselinesOption();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The directory that 'train' wrote; without it baselines alone are measured.")
  private @Nullable Path model;

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    List<Baseline> chosen = baselines.chosen();
    if (model == null && chosen.isEmpty()) {
      throw new IllegalArgumentException("nothing to measure: neither --model nor --baselines");
    }
    FusionModel loaded = model == null ? null : FusionModel.load(model);
    PrintWriter err = spec.commandLine().getErr();
    Dataset dataset = data.read(err);
    List<Split> parts =
        loaded == null ? splits.ofSeeds(dataset) : List.of(splits.of(loaded, dataset, err));
    List<List<Evaluation>> runs = new ArrayList<>();
    for (Split split : parts) {
      err.println("Split: " + split);
      runs.add(evaluate(loaded, split, chosen, err));
    }
    print(parts, runs);
    return 0;
  }

  private static List<Evaluation> evaluate(
      @Nullable FusionModel model, Split split, List<Baseline> baselines, PrintWriter err) {
    Evaluator evaluator = Evaluator.on(split);
    List<Evaluation> evaluations = new ArrayList<>();
    if (model != null) {
      evaluations.add(evaluate(evaluator, () -> RankingModel.of(model), err));
    }
    for (Baseline baseline : baselines) {
      evaluations.add(evaluate(evaluator, () -> baseline.fit(split, split.seed()), err));
    }
    return evaluations;
  }

  private static Evaluation evaluate(
      Evaluator evaluator, Supplier<RankingModel> supplier, PrintWriter err) {
    long start = System.nanoTime();
    RankingModel model = supplier.get();
    long fitted = System.nanoTime();
    Evaluation evaluation = evaluator.evaluate(model);
    err.printf(
        Locale.ROOT,
        "%s: ready in %.1f s, measured in %.1f s%n",
        model.name(),
        (fitted - start) / 1e9,
        (System.nanoTime() - fitted) / 1e9);
    return evaluation;
  }

  private void print(List<Split> parts, List<List<Evaluation>> runs) {
    PrintWriter out = spec.commandLine().getOut();
    if (runs.size() > 1) {
      SpreadReport report = new SpreadReport(runs);
      if (format == Format.TEXT) {
        report.print(out);
      } else {
        Json.print(out, report.json());
      }
    } else if (format == Format.TEXT) {
      new EvaluationReport(runs.get(0)).print(out);
    } else {
      Json.print(out, EvaluationJson.of(parts.get(0), runs.get(0), model != null));
    }
  }
}
