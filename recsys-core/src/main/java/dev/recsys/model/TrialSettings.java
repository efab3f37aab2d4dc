package dev.recsys.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Settings to try: the defaults, and others drawn around them. */
final class TrialSettings {
  private static final long MIX = 1_000_003;
  private static final int[] BATCHES = {2048, 4096, 8192};
  private static final double[] AVERAGES = {0.99, 0.995, 0.998, 0.999};

  private TrialSettings() {}

  /** The settings of a number, always the same; 0 are the defaults. */
  static TrainingSettings of(Objective objective, int number, long seed) {
    TrainingSettings defaults = TrainingSettings.FUSION.withSeed(seed);
    if (number == 0) {
      return defaults;
    }
    SplittableRandom random = new SplittableRandom(seed * MIX + number);
    return objective == Objective.RANKING
        ? defaults.withRanking(ranking(random))
        : rating(defaults, random);
  }

  private static RankingSettings ranking(SplittableRandom random) {
    return new RankingSettings(
        RankingSettings.DEFAULT.dimension(),
        List.of(
            uniform(random, 0, 0.4),
            uniform(random, 0.1, 0.6),
            uniform(random, 0.3, 0.9),
            1.0,
            uniform(random, 1, 1.8)),
        logUniform(random, 0.4, 5),
        logUniform(random, 0.15, 2),
        uniform(random, 0, 0.6),
        uniform(random, 0, 0.4),
        logUniform(random, 0.01, 0.3),
        logUniform(random, 20, 500));
  }

  private static TrainingSettings rating(TrainingSettings defaults, SplittableRandom random) {
    TrainingSettings.Schedule schedule = defaults.schedule();
    return new TrainingSettings(
        defaults.towers(),
        defaults.seed(),
        new TrainingSettings.Schedule(
            schedule.epochs(),
            schedule.patience(),
            BATCHES[random.nextInt(BATCHES.length)],
            logUniform(random, 1.5e-3, 1.5e-2),
            logUniform(random, 0.02, 1)),
        new TrainingSettings.Regularisation(
            logUniform(random, 0.5, 10),
            logUniform(random, 0.1, 5),
            logUniform(random, 0.03, 2),
            logUniform(random, 0.02, 1),
            uniform(random, 0.01, 0.15),
            AVERAGES[random.nextInt(AVERAGES.length)]),
        defaults.start(),
        defaults.ranking(),
        defaults.residual());
  }

  private static double uniform(SplittableRandom random, double least, double most) {
    return rounded(least + (most - least) * random.nextDouble());
  }

  private static double logUniform(SplittableRandom random, double least, double most) {
    return rounded(least * Math.pow(most / least, random.nextDouble()));
  }

  /** To three digits, so that what is printed is what was tried. */
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3g", value));
  }

  /** What differs between trials of an objective, as it is printed. */
  static String text(Objective objective, TrainingSettings settings) {
    if (objective == Objective.RANKING) {
      RankingSettings r = requireNonNull(settings.ranking());
      return ("stars %s, ridge %s, dropout %s, activityDamping %s, popularityDamping %s, prior %s,"
              + " attributeDamping %s")
          .formatted(
              r.starWeights(),
              r.ridge(),
              r.dropout(),
              r.activityDamping(),
              r.popularityDamping(),
              r.prior(),
              r.attributeDamping());
    }
    TrainingSettings.Schedule s = settings.schedule();
    TrainingSettings.Regularisation r = settings.regularisation();
    return ("batch %d, learningRate %s, finalRate %s, idDecay %s, valueDecay %s, biasDecay %s,"
            + " layerDecay %s, rowDropout %s, averaging %s")
        .formatted(
            s.batchSize(),
            s.learningRate(),
            s.finalRate(),
            r.idDecay(),
            r.valueDecay(),
            r.biasDecay(),
            r.layerDecay(),
            r.rowDropout(),
            r.averaging());
  }
}
