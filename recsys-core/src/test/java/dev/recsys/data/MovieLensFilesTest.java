package dev.recsys.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovieLensFilesTest {
  @TempDir private Path root;

  private static List<Path> contents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void fill(Path directory) throws IOException {
    Files1m.write(directory, "users", "movies", "ratings");
  }

  @Test
  void publishesAllFilesAndLeavesNothingBeside() throws IOException {
    Path target = root.resolve("a").resolve("b");
    MovieLensFiles.publish(target, MovieLensFilesTest::fill);
    assertThat(MovieLensFiles.missing(target)).isEmpty();
    assertThat(contents(root.resolve("a"))).containsExactly(target);
  }

  @Test
  void replacesFilesOfTheSameNameAndKeepsOthers() throws IOException {
    Path other = Files.writeString(root.resolve("notes.txt"), "mine");
    Path users = Files.writeString(root.resolve("users.dat"), "old");
    MovieLensFiles.publish(root, MovieLensFilesTest::fill);
    assertThat(other).hasContent("mine");
    assertThat(users).hasContent("users");
  }

  @Test
  void failureHalfWayChangesNothing() throws IOException {
    Path target = Files.createDirectory(root.resolve("target"));
    Path users = Files.writeString(target.resolve("users.dat"), "old");
    assertThatIOException()
        .isThrownBy(
            () ->
                MovieLensFiles.publish(
                    target,
                    beside -> {
                      fill(beside);
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");
    assertThat(contents(target)).containsExactly(users);
    assertThat(users).hasContent("old");
    assertThat(contents(root)).containsExactly(target);
  }

  @Test
  void rootOfAFileSystemIsRefused() {
    Path top = root.getRoot();
    assertThatIOException()
        .isThrownBy(() -> MovieLensFiles.publish(top, beside -> {}))
        .withMessage("cannot write beside " + top);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    assertThat(MovieLensFiles.missing(root)).containsExactlyElementsOf(MovieLensFiles.ALL);
    Files.createDirectory(root.resolve("users.dat"));
    Files.writeString(root.resolve("movies.dat"), "");
    assertThat(MovieLensFiles.missing(root)).containsExactly("users.dat", "ratings.dat");
    assertThatExceptionOfType(MovieLens.UnavailableException.class)
        .isThrownBy(() -> MovieLensFiles.requireAll(root))
        .withMessageContaining(root.toString())
        .withMessageEndingWith("missing users.dat, ratings.dat");
  }

  @Test
  void anyOfTheFilesIsOneTooManyForANewSet() throws IOException {
    MovieLensFiles.requireNone(root);
    Path ratings = Files.writeString(root.resolve("ratings.dat"), "");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> MovieLensFiles.requireNone(root))
        .withMessageContaining(ratings.toString());
  }
}
