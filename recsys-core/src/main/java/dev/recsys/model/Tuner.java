package dev.recsys.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Looks for settings of an objective on the validation part of a split, by successive halving:
 * every trial is measured cheaply, the better half again at twice the cost, and so on, the last at
 * full cost. Trial 0 is the defaults; the others are drawn at random around them. The test part is
 * never looked at.
 *
 * <p>What is cheaper: for {@link Objective#RATING} fewer epochs, for {@link Objective#RANKING}
 * fewer users. Immutable; one search at a time in a JVM, as one training.
 *
 * <p>Source: Jamieson and Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter
 * Optimization, AISTATS 2016.
 */
public final class Tuner {
  private static final String SETTINGS = "settings.json";

  private final Objective objective;
  private final int trials;
  private final int rungs;
  private final int epochs;
  private final long seed;
  private final Path directory;
  private final Consumer<Trial> listener;

  /**
   * A measurement.
   *
   * @param number of the settings, from 0, the defaults
   * @param rung how often these settings had been measured before
   * @param share of the full cost that was spent
   * @param measure NDCG@10, where more is better, or RMSE of stars, where less is
   * @param seconds that it took
   * @param settings what was tried, by name
   */
  public record Trial(
      int number, int rung, double share, double measure, double seconds, String settings) {}

  private Tuner(Builder builder) {
    this.objective = builder.objective;
    this.trials = builder.trials;
    this.rungs = builder.rungs;
    this.epochs = builder.epochs;
    this.seed = builder.seed;
    this.directory = builder.directory;
    this.listener = builder.listener;
  }

  /**
   * Returns a builder.
   *
   * @param directory where each measurement is kept as soon as it is there, so that a search that
   *     was interrupted goes on from the last; in the end the best settings, {@code settings.json},
   *     for {@link FusionTrainer.Builder#settings}
   */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  /**
   * Searches, or goes on with a search.
   *
   * @return all measurements, the best of the last rung first
   * @throws IllegalArgumentException when the split has no validation part, or the directory holds
   *     another search
   * @throws ModelFormatException when what the directory holds is damaged
   * @throws CancellationException when the thread is interrupted; what was measured is kept
   */
  public List<Trial> search(Split split) {
    if (split.validation().size() == 0) {
      throw new IllegalArgumentException("tuning needs a validation part: " + split);
    }
    try {
      Files.createDirectories(directory);
      TrialLog log = TrialLog.open(directory, key(split));
      TrialCost cost = TrialCost.of(objective, split, seed, epochs);
      List<Trial> all = new ArrayList<>();
      List<Integer> running = IntStream.range(0, trials).boxed().toList();
      for (int rung = 0; rung < rungs; rung++) {
        List<Trial> measured = new ArrayList<>();
        for (int number : running) {
          measured.add(measure(number, rung, cost, log));
        }
        measured.sort(best());
        all.addAll(0, measured);
        running = measured.stream().limit((measured.size() + 1) / 2).map(Trial::number).toList();
      }
      TrainingSettings settings = TrialSettings.of(objective, all.get(0).number(), seed);
      ObjectNode file = JsonWriting.object();
      file.set(FusionTrainer.SETTINGS_KEY, JsonWriting.tree(settings));
      DurableFiles.replace(directory.resolve(SETTINGS), JsonWriting.content(file));
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write in " + directory, e);
    }
  }

  private Trial measure(int number, int rung, TrialCost cost, TrialLog log) throws IOException {
    TrainingSettings settings = TrialSettings.of(objective, number, seed);
    double share = 1.0 / (1 << (rungs - 1 - rung));
    Trial known = log.find(number, rung);
    if (known != null) {
      return known;
    }
    Cancellation.check("tuning");
    long start = System.nanoTime();
    double measure = cost.measure(settings, share);
    double seconds = (System.nanoTime() - start) / 1e9;
    Trial trial =
        new Trial(number, rung, share, measure, seconds, TrialSettings.text(objective, settings));
    log.add(trial);
    listener.accept(trial);
    return trial;
  }

  private Comparator<Trial> best() {
    Comparator<Trial> byMeasure = Comparator.comparingDouble(Trial::measure);
    return (objective == Objective.RANKING ? byMeasure.reversed() : byMeasure)
        .thenComparingInt(Trial::number);
  }

  /** What a search must agree on with the one that it goes on with. */
  private String key(Split split) {
    return "%s, %d trials, %d rungs, %d epochs, seed %d; data %s, %s"
        .formatted(objective, trials, rungs, epochs, seed, split.dataset().fingerprint(), split);
  }

  /** Collects what to search. Not safe for many threads. */
  public static final class Builder {
    private static final int MAX_RUNGS = 10;

    private final Path directory;
    private Objective objective = Objective.RANKING;
    private int trials = 16;
    private int rungs = 3;
    private int epochs = 8;
    private long seed = 7;
    private Consumer<Trial> listener = trial -> {};

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** Sets the objective whose settings are looked for; ranking unless set. */
    public Builder objective(Objective wanted) {
      this.objective = wanted;
      return this;
    }

    /** Sets how many settings are tried, at least 1; 16 unless set. */
    public Builder trials(int count) {
      require(count >= 1, "trials must be at least 1", count);
      this.trials = count;
      return this;
    }

    /** Sets how often the better half goes on, 1 to 10; 3 unless set. */
    public Builder rungs(int count) {
      require(count >= 1 && count <= MAX_RUNGS, "rungs must be 1 to " + MAX_RUNGS, count);
      this.rungs = count;
      return this;
    }

    /** Sets the epochs of the full cost of the rating objective, at least 1; 8 unless set. */
    public Builder epochs(int count) {
      require(count >= 1, "epochs must be at least 1", count);
      this.epochs = count;
      return this;
    }

    /** Sets the seed of all that is random; 7 unless set. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /** Sets who is told of each measurement that is made. */
    public Builder listener(Consumer<Trial> told) {
      this.listener = told;
      return this;
    }

    /** Returns the tuner. */
    public Tuner build() {
      return new Tuner(this);
    }

    private static void require(boolean good, String rule, int value) {
      if (!good) {
        throw new IllegalArgumentException(rule + ", not " + value);
      }
    }
  }
}
