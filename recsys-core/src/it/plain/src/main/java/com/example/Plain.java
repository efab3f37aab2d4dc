package com.example;

import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.data.MovieLens;
import dev.recsys.data.Split;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.nio.file.Path;
import java.util.List;

/** Trains on a generated sample, saves, loads, recommends. */
public final class Plain {
  private static final List<String> NOT_NEEDED =
      List.of("io.milvus.v2.client.MilvusClientV2", "io.grpc.Channel", "picocli.CommandLine");

  private Plain() {}

  public static void main(String[] arguments) {
    for (String name : NOT_NEEDED) {
      requireAbsent(name);
    }
    Path directory = Path.of(arguments[0]);
    Path data = directory.resolve("ml-1m");
    MovieLens.sample().users(80).movies(60).ratings(2_000).write(data);
    Split split = MovieLens.read(data).split(0.85, 0.05, 0.1, 7);
    FusionTrainer.builder().epochs(1).build().fit(split).save(directory.resolve("model"));
    FusionModel model = FusionModel.load(directory.resolve("model"));
    try (VectorStore store = EmbeddedVectorStore.open(directory.resolve("vectors"));
        Recommender recommender = Recommender.of(model, store)) {
      UserProfile somebody = UserProfile.builder().set("gender", "F").set("age", 25).build();
      List<Recommendation> five = recommender.forUser(somebody).where("year > 0").topK(5);
      if (five.size() != 5) {
        throw new AssertionError("five were expected, not " + five);
      }
      five.forEach(System.out::println);
    }
  }

  private static void requireAbsent(String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException expected) {
      return;
    }
    throw new AssertionError(name + " is on the class path");
  }
}
