package dev.recsys.bench;

import dev.recsys.Recommender;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How long a fresh JVM takes to its first answer: opens a model and an embedded store, asks once,
 * and prints the milliseconds since the JVM was started and the heap in use. To be run several
 * times, from jars without PyTorch.
 */
public final class ColdStart {
  private ColdStart() {}

  /**
   * Measures this JVM.
   *
   * @param arguments the directories of model and store
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println("Usage: ColdStart MODEL STORE");
      System.exit(2);
    }
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    long main = System.currentTimeMillis();
    UserProfile somebody = UserProfile.builder().set("gender", "F").set("age", 25).build();
    try (VectorStore store = EmbeddedVectorStore.open(Path.of(arguments[1]));
        Recommender recommender = Recommender.open(Path.of(arguments[0]), store)) {
      int found = recommender.forUser(somebody).topK(5).size();
      long answered = System.currentTimeMillis();
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      System.out.printf(
          Locale.ROOT,
          "%d items %d ms after the JVM's start, %d ms after main's; heap in use %.1f MB%n",
          found,
          answered - started,
          answered - main,
          heap / 1e6);
    }
  }
}
