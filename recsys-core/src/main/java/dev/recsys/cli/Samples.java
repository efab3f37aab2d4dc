package dev.recsys.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.recsys.data.Dataset;
import dev.recsys.data.MovieLens;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The generated data set, for when ml-1m is not at hand. */
final class Samples {
  private Samples() {}

  /** Generates the sample into a temporary directory, reads it and removes the directory. */
  static Dataset read(DataOptions data, PrintWriter err) {
    try {
      Path directory = Files.createTempDirectory("recsys-sample");
      try {
        return data.read(MovieLens.sample().write(directory.resolve("ml-1m")), err);
      } finally {
        MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the sample: " + e.getMessage(), e);
    }
  }
}
