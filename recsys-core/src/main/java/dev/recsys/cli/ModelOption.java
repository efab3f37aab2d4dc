package dev.recsys.cli;

import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which trained model a command works with, and which of its objectives. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The directory that 'train' wrote.")
  private Path model = Path.of("model");

  @Option(
      names = "--objective",
      paramLabel = "NAME",
      description =
          "What items are ranked by: ranking, or rating, the predicted stars"
              + " (default: ranking if the model was trained for it).")
  private @Nullable Objective objective;

  FusionModel load() {
    FusionModel loaded = FusionModel.load(model);
    return objective == null ? loaded : loaded.rankingBy(objective);
  }
}
