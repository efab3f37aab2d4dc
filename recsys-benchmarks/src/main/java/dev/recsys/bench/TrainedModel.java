package dev.recsys.bench;

import dev.recsys.bench.data.VectorSet;
import dev.recsys.data.Dataset;
import dev.recsys.data.MovieLens;
import dev.recsys.features.UserProfile;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The model that is benchmarked: one that was trained before, or one trained for an epoch on a
 * generated sample, whose vectors have the right form but little meaning.
 */
final class TrainedModel {
  static final String SAMPLE = "sample";

  private TrainedModel() {}

  /**
   * Loads or trains.
   *
   * @param model a directory that training wrote, or {@value #SAMPLE}
   */
  static FusionModel of(String model) {
    return model.equals(SAMPLE) ? sample() : FusionModel.load(Path.of(model));
  }

  /**
   * Returns the item vectors of a model, in the order of its items, and its users' vectors as
   * queries.
   *
   * @param model as {@link #of} takes it
   * @param queries how many users ask at most
   */
  static VectorSet vectors(String model, MetricType metric, int queries) {
    FusionModel loaded = of(model);
    float[][] base =
        loaded.items().stream().map(item -> loaded.itemVector(item.id())).toArray(float[][]::new);
    float[][] users = new float[Math.min(queries, loaded.encoder().userRows() - 1)][];
    for (int i = 0; i < users.length; i++) {
      users[i] = loaded.userVector(UserProfile.ofId(loaded.encoder().userId(1 + i)));
    }
    return new VectorSet("model", metric, base, users);
  }

  private static FusionModel sample() {
    return FusionTrainer.builder().epochs(1).seed(7).build().fit(data().split(0.9, 0.1, 0, 7));
  }

  /** Returns the generated data set. */
  static Dataset data() {
    try {
      Path directory = Files.createTempDirectory("bench").resolve("sample");
      return MovieLens.read(
          MovieLens.sample().users(1_000).movies(1_500).ratings(60_000).write(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
