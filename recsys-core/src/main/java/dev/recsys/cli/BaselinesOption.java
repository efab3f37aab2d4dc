package dev.recsys.cli;

import dev.recsys.eval.Baseline;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Beside which methods a model is measured. */
final class BaselinesOption {
  private static final String DEFAULT = "popularity,item-knn,ease,ials";

  @Option(
      names = "--baselines",
      paramLabel = "NAMES",
      defaultValue = DEFAULT,
      description =
          "none, all, or some of popularity, item-knn, ease, ials, attribute-popularity, random,"
              + " with commas between (default: "
              + DEFAULT
              + "; on ml-1m some 20 seconds).")
  private String names = DEFAULT;

  /** Returns those named, each once, in the order of the enum. */
  List<Baseline> chosen() {
    return switch (names) {
      case "none" -> List.of();
      case "all" -> List.of(Baseline.values());
      default -> Stream.of(names.split(",", -1)).map(this::named).distinct().sorted().toList();
    };
  }

  private Baseline named(String name) {
    return Arrays.stream(Baseline.values())
        .filter(baseline -> baseline.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--baselines must be none, all or some of %s, got \"%s\""
                        .formatted(Arrays.toString(Baseline.values()), names)));
  }
}
