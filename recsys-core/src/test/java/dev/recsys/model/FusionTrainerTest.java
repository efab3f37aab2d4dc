package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.data.Ratings;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FusionTrainerTest {
  private static final Split SPLIT = SmallData.split();

  @TempDir Path directory;

  /** Keeps what it is told. */
  private static class Recorder implements TrainingListener {
    final List<Batch> batches = new ArrayList<>();
    final List<Epoch> epochs = new ArrayList<>();
    final List<Rating> ratings = new ArrayList<>();

    @Override
    public void rating(Rating rating) {
      ratings.add(rating);
    }

    @Override
    public void batch(Batch batch) {
      batches.add(batch);
    }

    @Override
    public void epoch(Epoch epoch) {
      epochs.add(epoch);
    }
  }

  private static double rmse(FusionModel model, Ratings ratings) {
    double sum = 0;
    for (int i = 0; i < ratings.size(); i++) {
      double error =
          model.predictStars(UserProfile.ofId(ratings.user(i)), ratings.item(i)) - ratings.stars(i);
      sum += error * error;
    }
    return Math.sqrt(sum / ratings.size());
  }

  private static void assertSame(FusionModel actual, FusionModel expected, double tolerance) {
    for (int user = 0; user <= SmallData.USERS + 1; user++) {
      assertThat(actual.userVector(UserProfile.ofId(user)))
          .containsExactly(expected.userVector(UserProfile.ofId(user)), within((float) tolerance));
    }
    for (int item = 1; item <= SmallData.ITEMS; item++) {
      assertThat(actual.itemVector(item))
          .containsExactly(expected.itemVector(item), within((float) tolerance));
    }
  }

  @Test
  void learnsWhoLikesWhat() {
    FusionModel model = SmallData.model();
    assertThat(rmse(model, SPLIT.test())).isLessThan(0.75);
    assertThat(model.predictStars(SmallData.user(10), 20)).isGreaterThan(3.5);
    assertThat(model.predictStars(SmallData.user(10), 21)).isLessThan(3.5);
  }

  @Test
  void plainFormLearnsTooAndServesUnitVectors() {
    FusionModel model =
        FusionTrainer.builder()
            .plain(true)
            .change(settings -> SmallData.plainSettings())
            .epochs(15)
            .build()
            .fit(SPLIT);
    assertThat(model.plain()).isTrue();
    assertThat(model.dimension()).isEqualTo(8);
    assertThat(rmse(model, SPLIT.test())).isLessThan(0.9);
    double squares = 0;
    for (float component : model.itemVector(7)) {
      squares += component * component;
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void theSameSeedGivesTheSameModelAndAnotherSeedAnother() {
    FusionModel again = SmallData.trainer().build().fit(SPLIT);
    assertThat(again.fingerprint()).isEqualTo(SmallData.model().fingerprint());
    FusionModel other = SmallData.trainer().seed(4).build().fit(SPLIT);
    assertThat(other.fingerprint()).isNotEqualTo(again.fingerprint());
  }

  @Test
  void epochsAreRankedWhenAskedForAndAllListenersHearOfIt() {
    Recorder one = new Recorder();
    Recorder other = new Recorder();
    SmallData.trainer()
        .change(settings -> settings.withResidual(SmallData.RESIDUAL))
        .listener(one.and(other))
        .measureRanking(true)
        .epochs(2)
        .build()
        .fit(SPLIT);
    assertThat(one.epochs).hasSize(2).isEqualTo(other.epochs);
    assertThat(one.batches).isEqualTo(other.batches).isNotEmpty();
    assertThat(one.ratings).isEqualTo(other.ratings).hasSize(1);
    assertThat(one.ratings.get(0).validationRmse()).isBetween(0.1, 1.0);
    assertThat(one.epochs)
        .allSatisfy(epoch -> assertThat(epoch.validationNdcg()).isBetween(0.1, 1.0));
    Recorder unasked = new Recorder();
    SmallData.trainer().listener(unasked).epochs(1).build().fit(SPLIT);
    assertThat(unasked.epochs.get(0).validationNdcg()).isNaN();
    assertThat(unasked.ratings).isEmpty();
  }

  @Test
  void theListenerSeesEveryBatchAndEpoch() {
    Recorder recorder = new Recorder();
    FusionModel model = SmallData.trainer().listener(recorder).build().fit(SPLIT);
    int rows = SPLIT.train().size();
    assertThat(recorder.epochs).extracting(TrainingListener.Epoch::epoch).containsExactly(1, 2, 3);
    assertThat(recorder.batches).hasSize(3 * ((rows + 127) / 128));
    TrainingListener.Batch last = recorder.batches.get(recorder.batches.size() - 1);
    assertThat(last.rows()).isEqualTo(rows).isEqualTo(last.totalRows());
    assertThat(last.loss()).isEqualTo(recorder.epochs.get(2).loss());
    assertThat(last.rowsPerSecond()).isPositive();
    TrainingListener.Epoch best =
        recorder.epochs.stream().filter(TrainingListener.Epoch::best).reduce((a, b) -> b).get();
    assertThat(model.training().bestEpoch()).isEqualTo(best.epoch());
    assertThat(model.training().validationRmse()).isEqualTo(best.validationRmse());
    assertThat(rmse(model, SPLIT.validation())).isCloseTo(best.validationRmse(), within(1e-6));
  }

  @Test
  void stopsWhenTheValidationErrorNoLongerFallsAndKeepsTheBestEpoch() {
    Recorder recorder = new Recorder();
    FusionModel model =
        SmallData.trainer()
            .change(
                s ->
                    new TrainingSettings(
                        s.towers(),
                        3,
                        new TrainingSettings.Schedule(60, 2, 128, 0.05, 1),
                        new TrainingSettings.Regularisation(0, 0, 0, 0, 0, 0),
                        new TrainingSettings.Start(3, 5),
                        null,
                        null))
            .listener(recorder)
            .build()
            .fit(SPLIT);
    TrainingSummary summary = model.training();
    assertThat(summary.epochs()).isLessThan(60).isEqualTo(summary.bestEpoch() + 2);
    assertThat(recorder.epochs).hasSize(summary.epochs());
    assertThat(summary.validationRmse())
        .isEqualTo(
            recorder.epochs.stream()
                .mapToDouble(TrainingListener.Epoch::validationRmse)
                .min()
                .getAsDouble());
    assertThat(rmse(model, SPLIT.validation())).isCloseTo(summary.validationRmse(), within(1e-6));
  }

  @Test
  void withoutValidationTheLastEpochIsKept() {
    FusionModel model =
        SmallData.trainer().epochs(2).build().fit(SmallData.dataset().split(0.9, 0, 0.1, 1));
    assertThat(model.training().bestEpoch()).isEqualTo(2);
    assertThat(model.training().validationRmse()).isNaN();
  }

  @Test
  void aSplitWithoutTrainingRatingsIsRefused() {
    Split empty = SmallData.dataset().split(0, 0.5, 0.5, 1);
    assertThatThrownBy(() -> SmallData.trainer().build().fit(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no training ratings");
  }

  @Test
  void epochsMustBePositive() {
    assertThatThrownBy(() -> FusionTrainer.builder().epochs(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs must be at least 1, not 0");
  }

  @Test
  void interruptedTrainingGoesOnFromItsCheckpointAsIfNothingHadHappened() {
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void batch(Batch batch) {
            if (batch.epoch() == 3 && batch.rows() > 500) {
              Thread.currentThread().interrupt();
            }
          }
        };
    FusionTrainer.Builder builder = SmallData.trainer().checkpoint(directory.resolve("state"));
    assertThatThrownBy(() -> builder.listener(interrupting).build().fit(SPLIT))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("in epoch 3; the checkpoint of epoch 2 is kept in");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(directory.resolve("state")).isDirectory();

    Recorder recorder = new Recorder();
    FusionModel resumed = builder.listener(recorder).build().fit(SPLIT);
    assertThat(recorder.epochs).extracting(TrainingListener.Epoch::epoch).containsExactly(3);
    assertSame(resumed, SmallData.model(), 1e-6);
    assertThat(resumed.training().bestEpoch()).isEqualTo(SmallData.model().training().bestEpoch());
    assertThat(directory.resolve("state/checkpoint.json")).exists();
  }

  @Test
  void interruptedWhileAnEpochIsBeingMeasuredItStillWritesThatEpochsCheckpoint() {
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void batch(Batch batch) {
            if (batch.rows() == batch.totalRows()) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Path state = directory.resolve("state");
    assertThatThrownBy(
            () -> SmallData.trainer().checkpoint(state).listener(interrupting).build().fit(SPLIT))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("in epoch 2; the checkpoint of epoch 1 is kept in");
    assertThat(Thread.interrupted()).isTrue();
    assertSame(SmallData.trainer().checkpoint(state).build().fit(SPLIT), SmallData.model(), 1e-6);
  }

  @Test
  void interruptedBeforeTheFirstStepItSaysSo() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> SmallData.trainer().build().fit(SPLIT))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aCheckpointOfOtherSettingsOrDataIsRefusedAndKept() {
    Path state = directory.resolve("state");
    stopAfterFirstEpoch(state);
    assertThatThrownBy(() -> SmallData.trainer().seed(99).checkpoint(state).build().fit(SPLIT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a checkpoint of another training")
        .hasMessageEndingWith("expected settings.seed 99, found 3");
    Split other = SmallData.dataset().split(0.8, 0.1, 0.1, 6);
    assertThatThrownBy(() -> SmallData.trainer().checkpoint(state).build().fit(other))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(": expected splitSeed 6, found 5");
    assertThat(state.resolve("checkpoint.json")).exists();
  }

  @Test
  void aCheckpointThatIsDamagedIsRefused() throws Exception {
    Path state = directory.resolve("state");
    stopAfterFirstEpoch(state);
    try (var files = Files.newDirectoryStream(state, "state-*.safetensors")) {
      Path file = files.iterator().next();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
    assertThatThrownBy(() -> SmallData.trainer().checkpoint(state).build().fit(SPLIT))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("CRC-32C");
  }

  private static void stopAfterFirstEpoch(Path state) {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            throw new IllegalStateException("enough");
          }
        };
    assertThatThrownBy(
            () -> SmallData.trainer().checkpoint(state).listener(failing).build().fit(SPLIT))
        .hasMessage("enough");
  }
}
