package dev.recsys.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an interrupted training is kept: beside the model it will become. */
record CheckpointDirectory(Path path) {

  static CheckpointDirectory beside(Path model) {
    Path whole = model.toAbsolutePath().normalize();
    if (whole.getFileName() == null) {
      throw new IllegalArgumentException("--out must name a directory of its own, got " + model);
    }
    return new CheckpointDirectory(whole.resolveSibling(whole.getFileName() + ".checkpoint"));
  }

  /** Makes ready for training: a checkpoint that is there must be continued or given up. */
  void prepare(boolean resume) {
    boolean there = Files.exists(path);
    if (resume && !there) {
      throw new IllegalArgumentException("--resume: there is no interrupted training at " + path);
    }
    if (there && !resume) {
      discard();
    }
  }

  private void discard() {
    try {
      MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path + ": " + e.getMessage(), e);
    }
  }
}
