package dev.recsys.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IoReasonTest {
  private static final Path FILE = Path.of("dir", "file");

  @Test
  void namesOfJavasClassesWereInTheMessage() {
    assertThat(IoReason.of(new NoSuchFileException("other"), FILE))
        .isEqualTo("no such file: other");
    assertThat(IoReason.of(new AccessDeniedException("other"), FILE))
        .isEqualTo("access denied: other");
    assertThat(IoReason.of(new NotDirectoryException("other"), FILE))
        .isEqualTo("not a directory: other");
    assertThat(IoReason.of(new FileSystemException("other", null, "No space left"), FILE))
        .isEqualTo("No space left: other");
  }

  @Test
  void theFileThatTheMessageBeginsWithIsNotNamedTwice() {
    AccessDeniedException denied = new AccessDeniedException(FILE.toString());
    assertThat(ModelFormatException.unreadable(FILE, denied))
        .hasMessage(FILE + ": cannot be read: access denied")
        .hasCause(denied);
  }

  @Test
  void whatJavaSaysNothingOfStillReadsAsASentence() {
    assertThat(IoReason.of(new IOException(), FILE)).isEqualTo("input or output failed");
    assertThat(IoReason.of(new FileSystemException(null), FILE))
        .isEqualTo("input or output failed");
  }
}
