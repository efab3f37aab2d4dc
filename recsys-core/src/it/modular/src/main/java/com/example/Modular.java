package com.example;

import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import java.nio.file.Path;
import java.util.List;

/** Serves the model that the other application has trained. */
public final class Modular {
  private Modular() {}

  public static void main(String[] arguments) {
    if (!Recommender.class.getModule().isNamed()) {
      throw new AssertionError("recsys is on the class path");
    }
    try (VectorStore store = EmbeddedVectorStore.inMemory();
        Recommender recommender = Recommender.open(Path.of(arguments[0]), store)) {
      UserProfile somebody = UserProfile.builder().set("age", 40).build();
      List<Recommendation> five = recommender.forUser(somebody).where("year > 0").topK(5);
      if (five.size() != 5 || recommender.similarTo(five.get(0).id()).topK(3).size() != 3) {
        throw new AssertionError("five were expected, not " + five);
      }
      five.forEach(System.out::println);
    }
  }
}
