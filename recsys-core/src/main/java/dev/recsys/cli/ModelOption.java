package dev.recsys.cli;

import dev.recsys.model.FusionModel;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which trained model a command works with. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The directory that 'train' wrote.")
  private Path model = Path.of("model");

  FusionModel load() {
    return FusionModel.load(model);
  }
}
