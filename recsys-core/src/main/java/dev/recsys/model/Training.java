package dev.recsys.model;

import ai.djl.Device;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Trains epoch by epoch until the validation error stops falling. For one thread. */
final class Training {
  private final TrainingData data;
  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final @Nullable Checkpoint checkpoint;
  private final @Nullable ValidationRanking ranking;
  private final Device device;
  private final WeightRows rows;

  private Progress progress = Progress.START;
  private Map<String, Tensor> best = Map.of();

  /**
   * @param checkpoint where each epoch's state is kept, null for nowhere
   * @param ranking measures each epoch besides, null for nothing
   * @param device that PyTorch computes on
   */
  Training(
      TrainingData data,
      TrainingSettings settings,
      TrainingListener listener,
      @Nullable Checkpoint checkpoint,
      @Nullable ValidationRanking ranking,
      Device device) {
    this.data = data;
    this.settings = settings;
    this.listener = listener;
    this.checkpoint = checkpoint;
    this.ranking = ranking;
    this.device = device;
    this.rows = new WeightRows(data);
  }

  /**
   * Trains to the end, from the checkpoint if it holds anything.
   *
   * @return the best epoch's weights
   * @throws CancellationException when the thread is interrupted
   */
  Map<String, Tensor> run() {
    Checkpoint.State state = checkpoint == null ? null : checkpoint.read();
    if (state != null) {
      progress = state.progress();
      best = state.best();
    }
    if (!progress.ended(settings)) {
      run(state);
    }
    return rows.withoutUntrained(best);
  }

  private void run(Checkpoint.@Nullable State state) {
    try (TrainingRun run =
        new TrainingRun(
            data, settings, state == null ? initialWeights() : state.weights(), device)) {
      if (state != null) {
        run.optimizer().restore(state.optimizer(), progress.steps());
      }
      while (!progress.ended(settings)) {
        epoch(run, progress.epoch() + 1);
      }
    }
  }

  Progress progress() {
    return progress;
  }

  private Map<String, Tensor> initialWeights() {
    Map<String, Tensor> weights =
        Architecture.block(data.encoder(), settings.towers()).initialWeights(settings.seed());
    if (!settings.towers().plain()) {
      rows.initialiseBiases(weights, settings);
    }
    return weights;
  }

  private void epoch(TrainingRun run, int epoch) {
    long start = System.nanoTime();
    SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + epoch);
    run.beginEpoch(random);
    double loss = steps(run, epoch, random);
    Map<String, Tensor> served = settings.averages() ? run.optimizer().averages() : run.weights();
    ServingForm measured = serving(rows.withoutUntrained(served));
    double rmse = StarError.rmse(measured, data.validation(), data.encoder().userRows());
    double ndcg = ranking == null ? Double.NaN : ranking.ndcg(measured);
    boolean better = progress.improvedBy(rmse);
    if (better) {
      best = served;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    progress =
        new Progress(
            epoch,
            run.optimizer().step(),
            better ? epoch : progress.bestEpoch(),
            better ? rmse : progress.bestRmse(),
            progress.seconds() + seconds);
    if (checkpoint != null) {
      checkpoint.write(
          new Checkpoint.State(progress, run.weights(), run.optimizer().state(), best));
    }
    listener.epoch(
        new TrainingListener.Epoch(
            epoch, settings.schedule().epochs(), loss, rmse, ndcg, seconds, better));
  }

  /** Takes the steps of an epoch and returns the mean squared error over them. */
  private double steps(TrainingRun run, int epoch, SplittableRandom random) {
    long start = System.nanoTime();
    int[] order = shuffled(data.train().size(), random);
    double sum = 0;
    for (int from = 0; from < order.length; from += settings.schedule().batchSize()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(interruption(epoch));
      }
      int to = Math.min(order.length, from + settings.schedule().batchSize());
      sum += run.step(order, from, to, random) * (to - from);
      if (!Double.isFinite(sum)) {
        throw new IllegalStateException(
            "training has diverged: the loss is no longer a number in epoch " + epoch);
      }
      double speed = to / ((System.nanoTime() - start) / 1e9);
      listener.batch(
          new TrainingListener.Batch(
              epoch, settings.schedule().epochs(), to, order.length, sum / to, speed));
    }
    return sum / order.length;
  }

  private String interruption(int epoch) {
    return "training was interrupted in epoch "
        + epoch
        + (checkpoint == null || epoch == 1
            ? "; no checkpoint is kept"
            : "; the checkpoint of epoch " + (epoch - 1) + " is kept in " + checkpoint.directory());
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  ServingForm serving(Map<String, Tensor> weights) {
    return new Folding(data.encoder(), settings.towers(), weights)
        .fold(data.itemTable(), data.users());
  }
}
