package dev.recsys.model;

import ai.djl.Device;
import dev.recsys.data.Split;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Trains fusion models with DJL and PyTorch on the CPU. Immutable; one training runs at a time in a
 * JVM, another one waits for it.
 */
public final class FusionTrainer {
  /** Under which key a file holds settings. */
  static final String SETTINGS_KEY = "settings";

  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final @Nullable CheckpointFiles checkpoint;
  private final boolean measureRanking;
  private final String device;

  private FusionTrainer(Builder builder) {
    this.settings = builder.settings();
    this.listener = builder.listener;
    this.measureRanking = builder.measureRanking;
    this.device = builder.device;
    this.checkpoint = builder.checkpoint == null ? null : new CheckpointFiles(builder.checkpoint);
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Trains the objectives chosen. The fusion model learns from {@code split.train()}, keeps the
   * epoch that is best on {@code split.validation()} (the last one when that is empty). Ranking is
   * learned from the training part, measured on the validation part, and learned again from both.
   * Neither ever looks at {@code split.test()}. The same split, settings and machine give the same
   * model.
   *
   * <p>The checkpoint is kept, with the training complete: as long as it is there, the same call
   * returns the same model at once. Call {@link #deleteCheckpoint} after the model is saved.
   *
   * @throws IllegalArgumentException when there are no training ratings, or the checkpoint's
   *     directory holds something else
   * @throws ModelFormatException when the checkpoint is damaged or of another training
   * @throws CancellationException when the thread is interrupted, which is looked at between steps;
   *     the thread stays interrupted, the last checkpoint is kept
   * @throws IllegalStateException when DJL does not find the device, another training is writing in
   *     the checkpoint's directory, PyTorch does not start or the loss is no longer a number
   * @throws java.io.UncheckedIOException when the checkpoint's directory cannot be created or
   *     written, which is tried before anything else
   */
  public FusionModel fit(Split split) {
    if (split.train().size() == 0) {
      throw new IllegalArgumentException("the split has no training ratings: " + split);
    }
    return checkpoint == null ? alone(split) : checkpoint.holding(() -> alone(split));
  }

  private FusionModel alone(Split split) {
    try {
      PyTorch.TRAINING.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("training was interrupted before it began");
    }
    try {
      return train(split);
    } finally {
      PyTorch.TRAINING.unlock();
    }
  }

  private FusionModel train(Split split) {
    TrainingData data = new TrainingData(split, settings.towers().plain());
    Checkpoint state = checkpoint == null ? null : new Checkpoint(checkpoint, settings, split);
    ValidationRanking measured =
        measureRanking
            ? new ValidationRanking(
                data.encoder(),
                History.of(data.encoder(), split.train()),
                History.of(data.encoder(), split.validation()))
            : null;
    Device chosen = PyTorch.device(device);
    Training training = new Training(data, settings, listener, state, measured, chosen);
    Map<String, Tensor> weights = training.run();
    ServingForm serving = training.serving(weights);
    ResidualFit residual = residual(data, serving);
    RatingForm stars = residual == null ? null : residual.fit(split);
    if (residual != null) {
      listener.rating(new TrainingListener.Rating(residual.validationRmse(), residual.seconds()));
    }
    RankingTraining ranking = new RankingTraining(data, settings, serving);
    RankingForm form = ranking.run(split);
    if (form != null) {
      listener.ranking(new TrainingListener.Ranking(ranking.validationNdcg(), ranking.seconds()));
    }
    TrainedContent content =
        new TrainedContent(
            stars == null ? settings.withResidual(null) : settings,
            data.encoder(),
            data.items(),
            serving,
            stars,
            History.of(data.encoder(), split.train(), split.validation()),
            form,
            summary(split, training.progress(), residual, ranking),
            new KeptItemTower(data.encoder(), settings.towers(), Weights.of(weights)));
    return new FusionModel(content);
  }

  /** Null when it is not asked for, or there are more items than a regression takes. */
  private @Nullable ResidualFit residual(TrainingData data, ServingForm serving) {
    ResidualSettings wanted = settings.residual();
    return wanted == null || data.items().size() > RankingFit.MOST_ITEMS
        ? null
        : new ResidualFit(data, wanted, serving, settings.seed());
  }

  private TrainingSummary summary(
      Split split, Progress progress, @Nullable ResidualFit residual, RankingTraining ranking) {
    return new TrainingSummary(
        progress.epoch(),
        progress.bestEpoch(),
        residual == null ? progress.bestRmse() : residual.validationRmse(),
        ranking.validationNdcg(),
        progress.seconds() + (residual == null ? 0 : residual.seconds()) + ranking.seconds(),
        settings.seed(),
        split.kind(),
        split.heldOut(),
        split.trainFraction(),
        split.validationFraction(),
        split.testFraction(),
        split.seed(),
        split.dataset().fingerprint());
  }

  /**
   * Returns whether there is a checkpoint, of whatever training, in the directory that was set. A
   * training that is interrupted in its first epoch leaves none.
   *
   * @throws IllegalStateException when no checkpoint's directory was set
   */
  public boolean hasCheckpoint() {
    return checkpointFiles().exists();
  }

  /**
   * Deletes the files of the checkpoint, damaged or not, of whatever training, and the directory
   * when nothing else is in it. Without a checkpoint it does nothing.
   *
   * @throws IllegalStateException when no checkpoint's directory was set, or a training is writing
   *     in it
   * @throws IllegalArgumentException when the directory holds something else and no checkpoint;
   *     nothing is deleted
   * @throws java.io.UncheckedIOException when the files cannot be deleted
   */
  public void deleteCheckpoint() {
    checkpointFiles().delete();
  }

  private CheckpointFiles checkpointFiles() {
    if (checkpoint == null) {
      throw new IllegalStateException(
          "the trainer has no checkpoint: its builder was given no directory for one");
    }
    return checkpoint;
  }

  /** Collects settings. Not safe for many threads. */
  public static final class Builder {
    private boolean plain;
    private @Nullable Objective objective;
    private UnaryOperator<TrainingSettings> changes = UnaryOperator.identity();
    private TrainingListener listener = TrainingListener.NONE;
    private @Nullable Path checkpoint;
    private boolean measureRanking;
    private String device = PyTorch.AUTO;

    private Builder() {}

    /**
     * Sets the largest number of passes over the training ratings; training stops earlier when the
     * validation error no longer falls.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public Builder epochs(int epochs) {
      if (epochs < 1) {
        throw new IllegalArgumentException("epochs must be at least 1, not " + epochs);
      }
      return change(settings -> settings.withEpochs(epochs));
    }

    /** Sets the seed of all that is random; 1 unless set. */
    public Builder seed(long seed) {
      return change(settings -> settings.withSeed(seed));
    }

    /**
     * Chooses the article's form, nothing added: score 5 x cosine, squared error, Adam. Left out
     * are biases, learned scale, numeric attributes, dropout and weight decay. An unknown user is
     * served from the attributes alone.
     */
    public Builder plain(boolean plain) {
      this.plain = plain;
      return this;
    }

    /**
     * Chooses what the model is to rank by: {@link Objective#RANKING}, which also trains the fusion
     * model, for predicted stars, or {@link Objective#RATING}, which trains nothing else. Unless
     * set it is ranking, but rating in the plain form.
     */
    public Builder objective(Objective objective) {
      this.objective = objective;
      return this;
    }

    /**
     * Takes the settings that a {@link Tuner} has written, in the place of the defaults; what was
     * set before is lost, {@link #epochs} and {@link #seed} after it hold.
     *
     * @throws ModelFormatException when the file cannot be read or holds something else
     */
    public Builder settings(Path file) {
      TrainingSettings read =
          Json.convert(file, SETTINGS_KEY, Json.read(file), TrainingSettings::of);
      return change(any -> read);
    }

    /** Sets who is told of progress. */
    public Builder listener(TrainingListener listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Sets a directory in which the state is kept after each epoch. A later {@code fit} with the
     * same settings and split goes on from it and makes the model that an uninterrupted one would
     * have made; training to the end keeps it. Call {@link FusionTrainer#deleteCheckpoint} after
     * the model is saved. The directory is created; it must be empty unless it is a checkpoint.
     */
    public Builder checkpoint(Path directory) {
      this.checkpoint = directory;
      return this;
    }

    /**
     * Has each epoch measured as a ranking too: {@link TrainingListener.Epoch#validationNdcg}.
     * Takes up to a second an epoch on ml-1m.
     */
    public Builder measureRanking(boolean measured) {
      this.measureRanking = measured;
      return this;
    }

    /**
     * Sets what PyTorch trains the towers on: {@code cpu}, {@code gpu} or, of several, {@code gpu1}
     * and so on; {@code auto}, unless set, is the first GPU where there is one. A GPU needs DJL's
     * native library for it on the class path; {@link FusionTrainer#fit} refuses one that DJL does
     * not find.
     *
     * @throws IllegalArgumentException when it is none of these names
     */
    public Builder device(String name) {
      PyTorch.requireDeviceName(name);
      this.device = name;
      return this;
    }

    /** Changes settings that an application has no need to. */
    Builder change(UnaryOperator<TrainingSettings> change) {
      UnaryOperator<TrainingSettings> before = changes;
      changes = settings -> change.apply(before.apply(settings));
      return this;
    }

    private TrainingSettings settings() {
      TrainingSettings settings =
          changes.apply(plain ? TrainingSettings.PLAIN : TrainingSettings.FUSION);
      return objective == Objective.RATING ? settings.withRanking(null) : settings;
    }

    /**
     * Returns the trainer.
     *
     * @throws IllegalArgumentException when the plain form is to rank by the ranking objective,
     *     which the article does not have
     */
    public FusionTrainer build() {
      if (plain && objective == Objective.RANKING) {
        throw new IllegalArgumentException(
            "plain(true) is the article's model, which has no ranking objective:"
                + " leave objective(RANKING) or plain(true) out");
      }
      return new FusionTrainer(this);
    }
  }
}
