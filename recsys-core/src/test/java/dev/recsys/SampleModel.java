package dev.recsys;

import dev.recsys.data.Dataset;
import dev.recsys.data.MovieLens;
import dev.recsys.data.Split;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model trained on a small generated data set, once for all tests of a JVM. */
public final class SampleModel {
  private static final SampleModel INSTANCE = new SampleModel();

  private final Path data;
  private final Dataset dataset;
  private final Split split;
  private final FusionModel model;

  private SampleModel() {
    try {
      data = Files.createTempDirectory("sample").resolve("ml-1m");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    MovieLens.sample().users(150).movies(120).ratings(6_000).seed(3).write(data);
    dataset = MovieLens.read(data);
    split = dataset.split(0.85, 0.05, 0.1, 5);
    model = FusionTrainer.builder().seed(11).epochs(3).build().fit(split);
  }

  public static Path data() {
    return INSTANCE.data;
  }

  public static Dataset dataset() {
    return INSTANCE.dataset;
  }

  public static Split split() {
    return INSTANCE.split;
  }

  public static FusionModel model() {
    return INSTANCE.model;
  }
}
