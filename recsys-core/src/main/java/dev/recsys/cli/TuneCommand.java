package dev.recsys.cli;

import dev.recsys.data.Dataset;
import dev.recsys.data.Split;
import dev.recsys.model.Objective;
import dev.recsys.model.Tuner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for settings on the validation part. */
@Command(
    name = "tune",
    description = {
      "Looks for settings of an objective on the validation part of the split that train makes with"
          + " the same seed, by successive halving: all are measured at a part of the cost, the"
          + " better half at twice that, and so on. Trial 0 is the defaults.",
      "The best settings go into DIR/settings.json, for train --settings. The same command goes on"
          + " with a search that was interrupted."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  recsys tune --data ml-1m --out tuning",
      "  recsys tune --data ml-1m --out stars --objective rating --trials 8 --epochs 6",
      "  recsys train --data ml-1m --out model --settings tuning/settings.json"
    })
final class TuneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where measurements and the best settings go.")
  private Path out = Path.of("tuning");

  @Option(
      names = "--objective",
      defaultValue = "ranking",
      paramLabel = "NAME",
      description = "ranking, by NDCG@10, or rating, by the RMSE of stars (default: ranking).")
  private Objective objective = Objective.RANKING;

  @Option(
      names = "--trials",
      defaultValue = "16",
      description = "How many settings to try (default: 16).")
  private int trials = 16;

  @Option(
      names = "--rungs",
      defaultValue = "3",
      description = "How often the better half goes on (default: 3).")
  private int rungs = 3;

  @Option(
      names = "--epochs",
      defaultValue = "8",
      description = "Epochs of the last rung, for the rating objective (default: 8).")
  private int epochs = 8;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of the split and of what is tried (default: 7).")
  private long seed = 7;

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Tuner tuner =
        Tuner.builder(out)
            .objective(objective)
            .trials(trials)
            .rungs(rungs)
            .epochs(epochs)
            .seed(seed)
            .listener(trial -> err.println(line(trial)))
            .build();
    Dataset dataset = data.read(err);
    Split split = dataset.split(0.85, 0.05, 0.1, seed);
    List<Tuner.Trial> found =
        Interruption.guard(
            () -> tuner.search(split),
            err,
            () -> "Interrupted. The same command goes on from the last measurement.");
    print(found);
    err.println("Best settings: " + out.resolve("settings.json"));
    return 0;
  }

  private String measure() {
    return objective == Objective.RANKING ? "NDCG@10" : "RMSE";
  }

  private String line(Tuner.Trial trial) {
    return String.format(
        Locale.ROOT,
        "Rung %d, trial %d: %s %.4f, %.1f s",
        trial.rung() + 1,
        trial.number(),
        measure(),
        trial.measure(),
        trial.seconds());
  }

  private void print(List<Tuner.Trial> found) {
    PrintWriter print = spec.commandLine().getOut();
    if (format == Format.JSON) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Tuner.Trial each : found) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("trial", each.number());
        row.put("rung", each.rung() + 1);
        row.put("share", each.share());
        row.put(measure().toLowerCase(Locale.ROOT), each.measure());
        row.put("seconds", each.seconds());
        row.put("settings", each.settings());
        rows.add(row);
      }
      Json.print(print, rows);
      return;
    }
    TextTable table = new TextTable("Rung", "Trial", measure(), "Seconds", "Settings");
    for (Tuner.Trial each : found) {
      table.row(
          each.rung() + 1,
          each.number() == 0 ? "defaults" : each.number(),
          String.format(Locale.ROOT, "%.4f", each.measure()),
          String.format(Locale.ROOT, "%.1f", each.seconds()),
          each.settings());
    }
    table.print(print);
  }
}
