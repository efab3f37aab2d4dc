package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCheckpointTest {
  private static final Split SPLIT = SmallData.split();

  /** Fails the test when a training takes a step. */
  private static final TrainingListener UNTOUCHED =
      new TrainingListener() {
        @Override
        public void batch(Batch batch) {
          throw new AssertionError("trained although it must not");
        }
      };

  @TempDir Path temporary;
  private Path state;

  @BeforeEach
  void name() {
    state = temporary.resolve("state");
  }

  private FusionTrainer trainer() {
    return SmallData.trainer().epochs(1).checkpoint(state).build();
  }

  private FusionTrainer idle() {
    return SmallData.trainer().epochs(1).checkpoint(state).listener(UNTOUCHED).build();
  }

  @Test
  void aFinishedTrainingWasLostWhenTheModelCouldNotBeSaved() throws IOException {
    FusionModel model = trainer().fit(SPLIT);
    Path file = Files.writeString(temporary.resolve("file"), "in the way");
    assertThatThrownBy(() -> model.save(file)).isInstanceOf(UncheckedIOException.class);
    assertThat(idle().hasCheckpoint()).isTrue();

    FusionModel again = idle().fit(SPLIT);
    assertThat(again.fingerprint()).isEqualTo(model.fingerprint());
    assertThat(again.training()).isEqualTo(model.training());
    assertThat(again.encode(again.items()).get(5)).isEqualTo(model.encode(model.items()).get(5));

    idle().deleteCheckpoint();
    assertThat(idle().hasCheckpoint()).isFalse();
    assertThat(state).doesNotExist();
  }

  @Test
  void aCheckpointThatIsNotThereIsDeletedToo() {
    assertThat(idle().hasCheckpoint()).isFalse();
    idle().deleteCheckpoint();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void deletingLeavesStrangersBesideTheCheckpointAlone() throws IOException {
    trainer().fit(SPLIT);
    Path notes = Files.writeString(state.resolve("notes.txt"), "mine");
    idle().deleteCheckpoint();
    assertThat(state).isDirectoryContaining(notes::equals);
    assertThat(idle().hasCheckpoint()).isFalse();
  }

  @Test
  void aDirectoryOfSomethingElseIsNeitherDeletedNorTrainedInto() throws IOException {
    Path thesis = Files.writeString(Files.createDirectory(state).resolve("thesis.tex"), "mine");
    for (Runnable misuse :
        new Runnable[] {() -> idle().deleteCheckpoint(), () -> idle().fit(SPLIT)}) {
      assertThatThrownBy(misuse::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(state.toString(), "thesis.tex", "without checkpoint.json");
    }
    assertThat(state.toFile().list()).containsExactly("thesis.tex");
    assertThat(thesis).hasContent("mine");
  }

  @Test
  void withoutADirectoryThereIsNoCheckpointToAskFor() {
    FusionTrainer trainer = SmallData.trainer().build();
    assertThatThrownBy(trainer::hasCheckpoint)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no directory");
    assertThatThrownBy(trainer::deleteCheckpoint).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUnwritableCheckpointWasNoticedOnlyAfterTheFirstEpoch() throws IOException {
    Files.writeString(state, "a file");
    assertThatThrownBy(() -> idle().fit(SPLIT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(state + ": cannot be written: a file stands there");
    state = state.resolve("below");
    assertThatThrownBy(() -> idle().fit(SPLIT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(state + ": cannot be written: ");
    assertThat(temporary.resolve("state")).hasContent("a file");
  }

  @Test
  void interruptedInTheFirstEpochItLeavesNothing() {
    TrainingListener interrupting =
        new TrainingListener() {
          @Override
          public void batch(Batch batch) {
            Thread.currentThread().interrupt();
          }
        };
    FusionTrainer trainer = SmallData.trainer().checkpoint(state).listener(interrupting).build();
    assertThatThrownBy(() -> trainer.fit(SPLIT)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(trainer.hasCheckpoint()).isFalse();
    assertThat(state).doesNotExist();
  }
}
