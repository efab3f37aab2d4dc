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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
          + " of reference that are fitted to all else of the same split, as the model's ranking"
          + " is.",
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
      "  recsys evaluate --data ml-1m --model model --objective rating",
      "  recsys evaluate --data ml-1m --model model --report report",
      "  recsys evaluate --data ml-1m --split leave-one-out --baselines popularity,ease",
      "  recsys evaluate --data ml-1m --seeds 1,2,3",
      "  recsys evaluate --data ml-1m --cold-users 500",
      "  recsys evaluate --data ml-1m --cold-items 200 -k 100 --baselines"
          + " attribute-popularity,random",
      "  recsys evaluate --data ml-1m --model cold -k 100 --baselines attribute-popularity,random"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private SplitOptions splits = new SplitOptions();
  @Mixin private BaselinesOption baselines = new BaselinesOption();

  @ArgGroup(exclusive = false)
  private @Nullable ModelOption model;

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Draw NDCG by the activity of users, with --cold-users by the ratings known, as SVG; not"
              + " with several seeds.")
  private @Nullable Path plot;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write a page about the model: recommendations, a map of the catalogue, quality, times;"
              + " not with several seeds or --cold-users.")
  private @Nullable Path report;

  @Option(
      names = {"-k", "--top"},
      defaultValue = "10",
      paramLabel = "K",
      description = "How many movies are recommended (default: 10).")
  private int k = 10;

  @Override
  public Integer call() {
    List<Baseline> chosen = baselines.chosen();
    if (model == null && chosen.isEmpty()) {
      throw new IllegalArgumentException("nothing to measure: neither --model nor --baselines");
    }
    if (k < 1) {
      throw new IllegalArgumentException("-k must be at least 1, got " + k);
    }
    FusionModel loaded = model == null ? null : model.load();
    if (report != null && loaded == null) {
      throw new IllegalArgumentException("--report is about a model: give --model as well");
    }
    PrintWriter err = spec.commandLine().getErr();
    Dataset dataset = data.read(err);
    List<Split> parts =
        loaded == null ? splits.ofSeeds(dataset) : List.of(splits.of(loaded, dataset, err));
    if (parts.get(0).kind() == Split.Kind.COLD_USERS) {
      if (report != null) {
        throw new IllegalArgumentException("--report does not go with --cold-users");
      }
      if (parts.size() > 1) {
        throw new IllegalArgumentException("--cold-users takes one of --seeds, got several");
      }
      print(ColdCurve.of(parts.get(0), models(loaded, parts.get(0), chosen, err), k));
      return 0;
    }
    List<List<Evaluation>> runs = new ArrayList<>();
    for (Split split : parts) {
      Evaluator evaluator = Evaluator.on(split).k(k);
      List<RankingModel> models = models(loaded, split, chosen, err);
      runs.add(models.stream().map(evaluator::evaluate).toList());
    }
    print(parts, runs);
    if (report != null && loaded != null) {
      err.println("Page written: " + new ModelReport(loaded, runs.get(0)).write(report));
    }
    return 0;
  }

  /** The model, if there is one, and the baselines, fitted. */
  private static List<RankingModel> models(
      @Nullable FusionModel model, Split split, List<Baseline> baselines, PrintWriter err) {
    err.println("Split: " + split);
    List<RankingModel> models = new ArrayList<>();
    if (model != null) {
      models.add(RankingModel.of(model));
    }
    for (Baseline baseline : baselines) {
      long start = System.nanoTime();
      models.add(baseline.fit(split, split.seed()));
      double seconds = (System.nanoTime() - start) / 1e9;
      err.printf(Locale.ROOT, "%s: fitted in %.1f s%n", baseline, seconds);
    }
    return models;
  }

  private void print(ColdCurve curve) {
    draw(curve.plot());
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.TEXT) {
      curve.print(out);
    } else {
      Json.print(out, curve.json());
    }
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
      return;
    }
    EvaluationReport report = new EvaluationReport(runs.get(0));
    draw(report.plot());
    if (format == Format.TEXT) {
      report.print(out);
    } else {
      Json.print(out, EvaluationJson.of(parts.get(0), runs.get(0), model != null));
    }
  }

  private void draw(LinePlot drawn) {
    if (plot != null) {
      TextFile.replace(plot, drawn.svg());
    }
  }
}
