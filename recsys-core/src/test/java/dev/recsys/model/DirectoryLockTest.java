package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.data.Split;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  private static final Split SPLIT = SmallData.split();

  @TempDir Path temporary;
  private Path state;

  @BeforeEach
  void create() throws IOException {
    state = Files.createDirectory(temporary.resolve("state"));
  }

  private FusionTrainer trainer(TrainingListener listener) {
    return SmallData.trainer().epochs(1).checkpoint(state).listener(listener).build();
  }

  private void assertInUse(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(state + ": another training or saving is writing");
  }

  private Process lockingProcess() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path classes = Path.of("target", "test-classes").toAbsolutePath();
    return new ProcessBuilder(
            java.toString(),
            "-cp",
            classes.toString(),
            LockHolder.class.getName(),
            state.resolve(DirectoryLock.NAME).toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void twoTrainingsIntoOneDirectoryCollided() {
    List<TrainingListener.Batch> batches = new ArrayList<>();
    TrainingListener intruding =
        new TrainingListener() {
          @Override
          public void batch(Batch batch) {
            batches.add(batch);
            assertInUse(() -> trainer(NONE).fit(SPLIT));
            assertInUse(() -> trainer(NONE).deleteCheckpoint());
            assertThat(trainer(NONE).hasCheckpoint()).isFalse();
          }
        };
    trainer(intruding).fit(SPLIT);
    assertThat(batches).isNotEmpty();
    assertThat(trainer(TrainingListener.NONE).hasCheckpoint()).isTrue();
    assertThat(state.resolve(DirectoryLock.NAME)).doesNotExist();
  }

  @Test
  void aTrainingOfAnotherProcessIsNoticed() throws Exception {
    FusionTrainer trainer = trainer(TrainingListener.NONE);
    Process other = lockingProcess();
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.readLine()).isEqualTo("true");
      assertInUse(() -> trainer.fit(SPLIT));
      assertInUse(trainer::deleteCheckpoint);
      assertInUse(() -> SmallData.model().save(state));
      assertThat(trainer.hasCheckpoint()).isFalse();
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
    assertThat(trainer.fit(SPLIT).training().epochs()).isEqualTo(1);
  }

  @Test
  void aLockThatACrashLeftHoldsNobodyUp() throws IOException {
    Path lock = Files.createFile(state.resolve(DirectoryLock.NAME));
    assertThat(trainer(TrainingListener.NONE).hasCheckpoint()).isFalse();
    assertThat(DirectoryLock.<Boolean>holding(state, () -> Files.exists(lock))).isTrue();
    assertThat(state).doesNotExist();
  }

  @Test
  void itIsLetGoWhenTheActionFails() throws IOException {
    Files.createFile(state.resolve("other"));
    assertThatThrownBy(
            () ->
                DirectoryLock.holding(
                    state,
                    () -> {
                      throw new IllegalArgumentException("failed");
                    }))
        .hasMessage("failed");
    assertThat(DirectoryLock.<Integer>holding(state, () -> 7)).isEqualTo(7);
    assertThat(state.toFile().list()).containsExactly("other");
  }
}
