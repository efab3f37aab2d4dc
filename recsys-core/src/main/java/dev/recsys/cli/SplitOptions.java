package dev.recsys.cli;

import dev.recsys.data.Dataset;
import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.model.FusionModel;
import dev.recsys.model.TrainingSummary;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** On which ratings methods are measured. */
final class SplitOptions {
  private static final double VALIDATION = 0.05;
  private static final double TEST = 0.1;

  /** Splits that are known by name. */
  enum Rule {
    RANDOM,
    PER_USER,
    LEAVE_ONE_OUT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** At most one of these. */
  static final class Choice {
    @Option(
        names = "--split",
        paramLabel = "RULE",
        description =
            "random, per-user or leave-one-out (default: as the model was trained, else random). A"
                + " model is refused on a split whose test part it was trained on.")
    private @Nullable Rule rule;

    @Option(
        names = "--cold-users",
        paramLabel = "N",
        description =
            "Hold out all ratings of N users; measure what is recommended to them when 0, 1, 3, 5,"
                + " 10 and 20 of their ratings are known.")
    private @Nullable Integer coldUsers;

    @Option(
        names = "--cold-items",
        paramLabel = "N",
        description = "Hold out all ratings of N movies; measure how they are recommended.")
    private @Nullable Integer coldItems;
  }

  @ArgGroup private @Nullable Choice choice;

  @Option(
      names = "--seeds",
      paramLabel = "SEEDS",
      split = ",",
      defaultValue = "7",
      description =
          "Without a model: seeds of the splits and of what is random about the baselines, with"
              + " commas between (default: 7).")
  private List<Long> seeds = List.of(7L);

  /** Returns a split for each seed, without a model. */
  List<Split> ofSeeds(Dataset dataset) {
    return seeds.stream()
        .map(seed -> split(dataset, 1 - VALIDATION - TEST, VALIDATION, TEST, seed))
        .toList();
  }

  /**
   * Returns the split that a model may be measured on.
   *
   * @throws IllegalArgumentException when its test part is not new to the model
   */
  Split of(FusionModel model, Dataset dataset, PrintWriter err) {
    TrainingSummary trained = model.training();
    if (!trained.dataset().equals(dataset.fingerprint())) {
      err.println(
          "warning: the model was trained on other data than this; ratings that it has seen may be"
              + " among those it is measured on");
    }
    if (trained.testFraction() == 0) {
      throw new IllegalArgumentException(
          "the model was trained with --test 0: no rating was kept apart to measure it on");
    }
    if (choice == null) {
      return asTrained(trained, dataset);
    }
    double train = trained.trainFraction();
    double validation = trained.validationFraction();
    Split split = split(dataset, train, validation, trained.testFraction(), trained.splitSeed());
    requireUnseen(model, split);
    return split;
  }

  private static Split asTrained(TrainingSummary trained, Dataset data) {
    double train = trained.trainFraction();
    double validation = trained.validationFraction();
    double test = trained.testFraction();
    double ofTheRest = validation / (train + validation);
    long seed = trained.splitSeed();
    return switch (trained.splitKind()) {
      case RANDOM -> data.split(train, validation, test, seed);
      case PER_USER -> data.splitPerUser(train, validation, test, seed);
      case LEAVE_ONE_OUT -> data.splitLeaveOneOut();
      case COLD_USERS -> data.splitColdUsers(trained.heldOut(), ofTheRest, seed);
      case COLD_ITEMS -> data.splitColdItems(trained.heldOut(), ofTheRest, seed);
    };
  }

  private Split split(Dataset data, double train, double validation, double test, long seed) {
    double ofTheRest = validation / (train + validation);
    if (choice != null && choice.coldUsers != null) {
      return data.splitColdUsers(choice.coldUsers, ofTheRest, seed);
    }
    if (choice != null && choice.coldItems != null) {
      return data.splitColdItems(choice.coldItems, ofTheRest, seed);
    }
    return switch (choice == null || choice.rule == null ? Rule.RANDOM : choice.rule) {
      case RANDOM -> data.split(train, validation, test, seed);
      case PER_USER -> data.splitPerUser(train, validation, test, seed);
      case LEAVE_ONE_OUT -> data.splitLeaveOneOut();
    };
  }

  private static void requireUnseen(FusionModel model, Split split) {
    Map<Long, long[]> histories = new HashMap<>();
    Ratings test = split.test();
    int seen = 0;
    for (int i = 0; i < test.size(); i++) {
      long[] history = histories.computeIfAbsent(test.user(i), model::history);
      seen += Arrays.binarySearch(history, test.item(i)) >= 0 ? 1 : 0;
    }
    if (seen > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the model was trained on %,d of the %,d ratings of the test part of a %s split;"
                  + " measure it on its own split (no --split), or the baselines alone (no --model)",
              seen,
              test.size(),
              split.kind()));
    }
  }
}
