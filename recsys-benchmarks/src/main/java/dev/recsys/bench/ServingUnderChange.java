package dev.recsys.bench;

import dev.recsys.Recommender;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How long requests take while nothing changes, while a hundredth of the items is put in anew each
 * second, and while models are loaded one after the other: one thread asks, another changes.
 */
public final class ServingUnderChange {
  private static final int MAX_REQUESTS = 4_000_000;
  private static final int K = 5;

  private final Recommender recommender;
  private final FusionModel model;
  private final long seconds;
  private final long[] nanos = new long[MAX_REQUESTS];
  private volatile boolean done;

  private ServingUnderChange(Recommender recommender, FusionModel model, long seconds) {
    this.recommender = recommender;
    this.model = model;
    this.seconds = seconds;
  }

  /** What the other thread does, again and again. */
  private interface Change {
    void go() throws InterruptedException;
  }

  /**
   * Measures.
   *
   * @param arguments the directory of a model, or "sample"; seconds of each phase; the directory of
   *     a store, none for one in memory
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1 || arguments.length > 3) {
      System.err.println("Usage: ServingUnderChange MODEL [SECONDS [STORE]]");
      System.exit(2);
    }
    FusionModel model = TrainedModel.of(arguments[0]);
    long seconds = arguments.length < 2 ? 10 : Long.parseLong(arguments[1]);
    try (VectorStore store =
            arguments.length < 3
                ? EmbeddedVectorStore.inMemory()
                : EmbeddedVectorStore.open(Path.of(arguments[2]));
        Recommender recommender = Recommender.of(model, store)) {
      ServingUnderChange measured = new ServingUnderChange(recommender, model, seconds);
      measured.phase("warm-up", Thread::yield);
      measured.phase("quiet", () -> Thread.sleep(100));
      measured.phase("1 % put in each second", measured::upsert);
      measured.phase("reloading", measured::reload);
      measured.phase("quiet again", () -> Thread.sleep(100));
    }
  }

  /** In ten parts, as an application would. */
  private void upsert() throws InterruptedException {
    List<Item> items = model.items();
    int part = Math.max(1, items.size() / 1_000);
    for (int i = 0; i < 10; i++) {
      int from = (int) (System.nanoTime() % Math.max(1, items.size() - part));
      recommender.items().upsert(items.subList(from, from + part));
      Thread.sleep(100);
    }
  }

  private void reload() throws InterruptedException {
    recommender.reload(
        recommender.model().objective() == Objective.RANKING
            ? model.rankingBy(Objective.RATING)
            : model);
    recommender.reload(model);
    Thread.sleep(100);
  }

  private void phase(String name, Change change) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    done = false;
    Future<?> changing =
        other.submit(
            () -> {
              while (!done) {
                change.go();
              }
              return null;
            });
    long[] users = users();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int count = 0;
    while (System.nanoTime() < end && count < MAX_REQUESTS) {
      UserProfile user = UserProfile.ofId(users[count % users.length]);
      long start = System.nanoTime();
      recommender.forUser(user).topK(K);
      nanos[count++] = System.nanoTime() - start;
    }
    done = true;
    changing.get(1, TimeUnit.MINUTES); // throws what the change did
    other.shutdown();
    report(name, count);
  }

  private long[] users() {
    long[] users = new long[model.encoder().userRows() - 1];
    Arrays.setAll(users, i -> model.encoder().userId(i + 1));
    return users;
  }

  private void report(String name, int count) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-24s %,9d requests, p50 %.1f us, p99 %.1f us, p99.9 %.1f us, most %.1f us%n",
        name,
        count,
        sorted[count / 2] / 1e3,
        sorted[(int) (count * 0.99)] / 1e3,
        sorted[(int) (count * 0.999)] / 1e3,
        sorted[count - 1] / 1e3);
  }
}
