package dev.recsys.cli;

import dev.recsys.data.Dataset;
import dev.recsys.data.Split;
import dev.recsys.eval.Evaluation;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import dev.recsys.model.Objective;
import dev.recsys.model.TrainingListener;
import dev.recsys.model.TrainingSummary;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model and saves it. */
@Command(
    name = "train",
    description = "Trains the fusion model and saves it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "An interrupted training is continued from its last whole epoch with --resume.",
      "",
      "Examples:",
      "  recsys train --data ml-1m --out model",
      "  recsys train --data ml-1m --out article --plain",
      "  recsys train --data ml-1m --out stars --objective rating",
      "  recsys train --data ml-1m --out final --test 0 --epochs 10",
      "  recsys train --data ml-1m --out cold --cold-items 200",
      "  recsys train --data ml-1m --out model --settings tuning/settings.json"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the model goes; a model that is there is replaced when training ends.")
  private Path out = Path.of("model");

  @Option(
      names = "--epochs",
      description = "Most passes over the ratings; training stops before when validation does.")
  private @Nullable Integer epochs;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Settings that tune has found, instead of the defaults.")
  private @Nullable Path settings;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of the split and of training (default: 7).")
  private long seed = 7;

  @Option(
      names = "--plain",
      description = "The article's model exactly: no biases, no dropout, no decay.")
  private boolean plain;

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description =
          "What items are ranked by: ranking, which learns to predict stars besides, or rating, the"
              + " predicted stars (default: ranking; rating with --plain).")
  private @Nullable Objective objective;

  @Option(
      names = "--test",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description = "Share of the ratings kept apart to measure the model (default: 0.1).")
  private double test = 0.1;

  @ArgGroup private @Nullable HeldOut heldOut;

  /** At most one of these; what is held out is the test part then. */
  static final class HeldOut {
    @Option(
        names = "--cold-users",
        paramLabel = "N",
        description =
            "Keep all ratings of N users apart instead, to measure what strangers are recommended.")
    private @Nullable Integer users;

    @Option(
        names = "--cold-items",
        paramLabel = "N",
        description =
            "Keep all ratings of N movies apart instead, to measure how new ones are recommended.")
    private @Nullable Integer items;
  }

  @Option(
      names = "--validation",
      defaultValue = "0.05",
      paramLabel = "SHARE",
      description = "Share of the ratings that picks the epoch (default: 0.05).")
  private double validation = 0.05;

  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "NAME",
      description =
          "What PyTorch trains on: cpu, gpu, gpu1, ... (default: auto, a GPU if there is one).")
  private String device = "auto";

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw NDCG by epoch, measured on the validation part, as SVG.")
  private @Nullable Path plot;

  @Option(
      names = "--resume",
      description = "Continue an interrupted training from its last whole epoch.")
  private boolean resume;

  @Option(names = "--restart", description = "Give up an interrupted training and begin anew.")
  private boolean restart;

  @Option(names = "--format", defaultValue = "text", description = "text or json (default: text).")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    checkShares();
    PrintWriter err = spec.commandLine().getErr();
    try (TrainingProgress progress = new TrainingProgress(err)) {
      TrainingCurve curve = new TrainingCurve();
      FusionTrainer trainer = trainer(progress.and(curve));
      Split split = split(data.read(err));
      FusionModel model = Interruption.guard(() -> trainer.fit(split), err, () -> advice(trainer));
      model.save(out);
      trainer.deleteCheckpoint();
      err.println("Model saved to " + out);
      if (plot != null) {
        TextFile.replace(plot, curve.plot().svg());
      }
      print(model, split.test().size() == 0 ? null : Evaluation.of(model, split));
    }
    return 0;
  }

  private Split split(Dataset dataset) {
    double ofTheRest = validation / (1 - test);
    if (heldOut != null && heldOut.users != null) {
      return dataset.splitColdUsers(heldOut.users, ofTheRest, seed);
    }
    if (heldOut != null && heldOut.items != null) {
      return dataset.splitColdItems(heldOut.items, ofTheRest, seed);
    }
    return dataset.split(1 - test - validation, validation, test, seed);
  }

  private void checkShares() {
    if (!(test >= 0 && validation >= 0 && test + validation < 1)) {
      throw new IllegalArgumentException(
          "--test and --validation must be at least 0 and together below 1, got "
              + test
              + " and "
              + validation);
    }
  }

  /** A trainer whose checkpoint is there if it is to be continued, and only then. */
  private FusionTrainer trainer(TrainingListener listener) {
    if (plain && objective == Objective.RANKING) {
      throw new IllegalArgumentException(
          "--plain is the article's model, which has no --objective ranking: leave one out");
    }
    if (plain && settings != null) {
      throw new IllegalArgumentException("--settings does not go with --plain");
    }
    FusionTrainer.Builder builder = FusionTrainer.builder().plain(plain);
    if (settings != null) {
      builder.settings(settings);
    }
    builder.seed(seed).device(device).measureRanking(plot != null);
    if (epochs != null) {
      builder.epochs(epochs);
    }
    if (objective != null) {
      builder.objective(objective);
    }
    Path checkpoint = beside(out);
    FusionTrainer trainer = builder.listener(listener).checkpoint(checkpoint).build();
    if (restart) {
      trainer.deleteCheckpoint();
    }
    boolean interrupted = trainer.hasCheckpoint();
    if (resume && !interrupted) {
      throw new IllegalArgumentException("--resume: no interrupted training at " + checkpoint);
    }
    if (interrupted && !resume) {
      throw new IllegalArgumentException(
          "an interrupted training is at "
              + checkpoint
              + ": continue it with --resume or give it up with --restart");
    }
    return trainer;
  }

  private static Path beside(Path model) {
    Path whole = model.toAbsolutePath().normalize();
    if (whole.getFileName() == null) {
      throw new IllegalArgumentException("--out must name a directory of its own, got " + model);
    }
    if (Files.exists(whole) && !Files.isDirectory(whole)) {
      throw new IllegalArgumentException("--out must be a directory, not the file " + model);
    }
    return whole.resolveSibling(whole.getFileName() + ".checkpoint");
  }

  private static String advice(FusionTrainer trainer) {
    return trainer.hasCheckpoint()
        ? "Interrupted. The same command with --resume goes on from the last whole epoch."
        : "Interrupted before the first epoch ended: nothing to go on from.";
  }

  private void print(FusionModel model, @Nullable Evaluation evaluation) {
    TrainingSummary trained = model.training();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("objective", model.objective().name().toLowerCase(Locale.ROOT));
    result.put("rmse", evaluation == null ? null : evaluation.rmse());
    result.put("ndcg@10", evaluation == null ? null : orNull(evaluation.ndcg()));
    result.put("validation_rmse", orNull(trained.validationRmse()));
    result.put("validation_ndcg@10", orNull(trained.validationNdcg()));
    result.put("epochs", trained.epochs());
    result.put("best_epoch", trained.bestEpoch());
    result.put("seconds", trained.seconds());
    if (format == Format.JSON) {
      Json.print(spec.commandLine().getOut(), result);
    } else {
      spec.commandLine().getOut().println(sentence(trained, evaluation));
    }
  }

  private static @Nullable Double orNull(double measure) {
    return Double.isNaN(measure) ? null : measure;
  }

  private static String sentence(TrainingSummary trained, @Nullable Evaluation evaluation) {
    String measures =
        evaluation != null
            ? measures("Test", evaluation.rmse(), evaluation.ndcg())
            : measures("Validation", trained.validationRmse(), trained.validationNdcg());
    return String.format(
        Locale.ROOT,
        "%s after %d epochs (best: %d) in %.0f s",
        measures,
        trained.epochs(),
        trained.bestEpoch(),
        trained.seconds());
  }

  private static String measures(String part, double rmse, double ndcg) {
    if (Double.isNaN(rmse)) {
      return "Trained on all ratings, so there is no error to tell,";
    }
    String error = String.format(Locale.ROOT, "%s RMSE %.4f", part, rmse);
    return Double.isNaN(ndcg) ? error : error + String.format(Locale.ROOT, ", NDCG@10 %.4f", ndcg);
  }
}
