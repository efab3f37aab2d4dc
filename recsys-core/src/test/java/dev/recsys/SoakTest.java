package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.FusionModel;
import dev.recsys.model.FusionTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two threads ask, one puts items in and takes them out, one reloads, and every answer is compared
 * with plain arithmetic. For some seconds; {@code -Dsoak=SECONDS} for longer.
 */
class SoakTest {
  private static final long SECONDS = Long.getLong("soak", 4);
  private static final int K = 10;
  private static final long FIRST_NEW = 90_000;
  private static final int NEW = 50;

  /** Known items that are taken out and put in again. */
  private static final int TOUCHED = 10;

  private static final double TOLERANCE = 1e-4;

  @TempDir private Path directory;
  private final FusionModel first = SampleModel.model();
  private final FusionModel second =
      FusionTrainer.builder().seed(21).epochs(1).build().fit(SampleModel.split());
  private final List<Long> touched = first.items().stream().limit(TOUCHED).map(Item::id).toList();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong reloads = new AtomicLong();
  private volatile boolean done;

  private static Item film(long id) {
    return Item.builder(id)
        .set("title", "T" + id)
        .set("genres", List.of(id % 2 == 0 ? "Comedy" : "Drama"))
        .set("year", (int) (1950 + id % 50))
        .build();
  }

  @Test
  void everyAnswerIsRightWhileAllElseChanges() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (VectorStore store = EmbeddedVectorStore.open(directory);
        Recommender recommender = Recommender.of(first, store)) {
      List<Future<?>> all = new ArrayList<>();
      all.add(threads.submit(untilDone(() -> ask(recommender, 1))));
      all.add(threads.submit(untilDone(() -> ask(recommender, 2))));
      all.add(threads.submit(untilDone(() -> change(recommender))));
      all.add(threads.submit(untilDone(() -> reload(recommender))));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (System.nanoTime() < end && all.stream().noneMatch(Future::isDone)) {
        Thread.sleep(50);
      }
      done = true;
      for (Future<?> each : all) {
        each.get(1, TimeUnit.MINUTES);
      }
    } finally {
      done = true;
      threads.shutdownNow();
    }
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        "soak of %d s: %,d answers, %,d changes, %,d reloads, %,d MB in use%n",
        SECONDS, answers.get(), changes.get(), reloads.get(), used >> 20);
    assertThat(answers.get()).isPositive();
    assertThat(changes.get()).isPositive();
    assertThat(reloads.get()).isPositive();
  }

  private Callable<Void> untilDone(Callable<?> work) {
    return () -> {
      while (!done) {
        work.call();
      }
      return null;
    };
  }

  private Void change(Recommender recommender) throws InterruptedException {
    long round = changes.incrementAndGet();
    recommender.items().upsert(List.of(film(FIRST_NEW + round % NEW)));
    recommender.items().remove(FIRST_NEW + (round + NEW / 2) % NEW);
    long known = touched.get((int) (round % TOUCHED));
    recommender.items().remove(known);
    recommender.items().upsert(List.of(first.item(known)));
    Thread.sleep(1);
    return null;
  }

  private Void reload(Recommender recommender) throws InterruptedException {
    recommender.reload(reloads.incrementAndGet() % 2 == 0 ? first : second);
    Thread.sleep(20);
    return null;
  }

  private Void ask(Recommender recommender, int seed) {
    Random random = new Random(seed + 31 * answers.get());
    UserProfile user = UserProfile.ofId(1 + random.nextInt(150));
    boolean comedies = random.nextBoolean();
    UserQuery query = recommender.forUser(user);
    List<Recommendation> found =
        (comedies ? query.where("array_contains(genres, 'Comedy')") : query).topK(K);
    String ofFirst = wrong(first, user, comedies, found);
    String ofSecond = ofFirst.isEmpty() ? "" : wrong(second, user, comedies, found);
    assertThat(ofSecond).as("by neither model right: %s; %s", ofFirst, ofSecond).isEmpty();
    answers.incrementAndGet();
    return null;
  }

  /** Why an answer cannot be that of a model, empty if it can. */
  private String wrong(
      FusionModel model, UserProfile user, boolean comedies, List<Recommendation> found) {
    float[] vector = model.userVector(user);
    Set<Long> ids = new HashSet<>();
    double before = Double.POSITIVE_INFINITY;
    for (Recommendation each : found) {
      boolean added = each.id() >= FIRST_NEW;
      Item item = added ? film(each.id()) : first.item(each.id());
      float[] itemVector = added ? model.encode(List.of(item)).get(0) : model.itemVector(each.id());
      if (Math.abs(product(vector, itemVector) - each.score()) > TOLERANCE) {
        return each + " scores " + product(vector, itemVector);
      }
      if (each.score() > before || !ids.add(each.id()) || (comedies && !isComedy(item))) {
        return each + " is out of place";
      }
      if (!each.title().equals(item.title())) {
        return each + " is " + item.title();
      }
      before = each.score();
    }
    double least = found.size() < K ? Double.NEGATIVE_INFINITY : before + TOLERANCE;
    return model.items().stream()
        .filter(item -> !touched.contains(item.id()) && !ids.contains(item.id()))
        .filter(item -> !comedies || isComedy(item))
        .filter(item -> product(vector, model.itemVector(item.id())) > least)
        .min(Comparator.comparingLong(Item::id))
        .map(item -> item + " is missing from " + found)
        .orElse("");
  }

  private static boolean isComedy(Item item) {
    return item.get("genres") instanceof List<?> genres && genres.contains("Comedy");
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
