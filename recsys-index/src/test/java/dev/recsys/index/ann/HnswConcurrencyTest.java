package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HnswConcurrencyTest {
  private static final int DIMENSION = 24;

  private static HnswIndex index() {
    return HnswIndex.builder(DIMENSION, MetricType.L2).m(12).efConstruction(60).build();
  }

  private static void together(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> running = new ArrayList<>();
      tasks.forEach(task -> running.add(threads.submit(task)));
      for (Future<Void> task : running) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anIndexBuiltByFourThreadsIsAsGoodAsOneBuiltByOne() throws Exception {
    float[][] vectors = VectorSets.flat(4_000, DIMENSION, 1);
    HnswIndex parallel = index();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t;
      tasks.add(
          () -> {
            for (int i = first; i < vectors.length; i += 4) {
              parallel.add(i, vectors[i]);
            }
            return null;
          });
    }
    together(tasks);
    HnswIndex serial = index();
    VectorSets.addAll(serial, vectors);
    ExactIndex exact = ExactIndex.builder(DIMENSION, MetricType.L2).build();
    VectorSets.addAll(exact, vectors);
    float[][] queries = VectorSets.flat(200, DIMENSION, 2);

    assertThat(parallel.size()).isEqualTo(vectors.length);
    assertThat(HnswIndexTest.recall(parallel, exact, queries, 100, null))
        .isGreaterThan(HnswIndexTest.recall(serial, exact, queries, 100, null) - 0.01);
  }

  @Test
  void whatIsLinkedToOnAHighLevelLeadsOnOnAllBelow() throws Exception {
    float[][] vectors = VectorSets.flat(3_000, DIMENSION, 3);
    HnswIndex index = HnswIndex.builder(DIMENSION, MetricType.L2).m(4).efConstruction(40).build();
    int before = 500;
    for (int i = 0; i < before; i++) {
      index.add(i, vectors[i]);
    }
    AtomicInteger adding = new AtomicInteger(2);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      int first = before + t;
      tasks.add(
          () -> {
            for (int i = first; i < vectors.length; i += 2) {
              index.add(i, vectors[i]);
            }
            adding.decrementAndGet();
            return null;
          });
    }
    tasks.add(
        () -> {
          do {
            assertNoDeadEnd(index.live().graph);
          } while (adding.get() > 0);
          return null;
        });
    together(tasks);
    assertThat(index.size()).isEqualTo(vectors.length);
  }

  private static void assertNoDeadEnd(Graph graph) {
    for (int slot = 0; slot < graph.capacity; slot++) {
      for (int level = graph.level(slot); level > 0; level--) {
        int at = graph.at(slot, level);
        for (int link : Arrays.copyOfRange(graph.links(slot, level), at, at + graph.m)) {
          for (int below = level; link >= 0 && link < graph.capacity && below >= 0; below--) {
            assertThat(graph.count(link, below)).isPositive();
          }
        }
      }
    }
  }

  /** Versions of one id are far closer to each other than to any other id. */
  private static float[] stamped(long id, int version) {
    float[] vector = AnnIndexContract.gaussian(new Random(id), DIMENSION);
    vector[0] += version / 100f;
    return vector;
  }

  @Test
  void searchesAmongWritersSeeWholeEntriesNoneTwiceAndLoseNoneThatStays() throws Exception {
    int ids = 1_500;
    HnswIndex index = index();
    float[][] steady = new float[ids][];
    for (int id = 0; id < ids; id++) {
      steady[id] = stamped(id, 0);
      index.add(id, steady[id]);
    }
    AtomicBoolean done = new AtomicBoolean();
    List<Callable<Void>> tasks = new ArrayList<>();
    tasks.add(() -> overwrite(index, ids, 1, done));
    tasks.add(() -> overwrite(index, ids, 3, done));
    tasks.add(() -> removeAndAdd(index, ids, done));
    for (int t = 0; t < 2; t++) {
      long searcher = t;
      tasks.add(() -> search(index, steady, searcher, done));
    }
    together(tasks);
    assertThat(index.size()).isEqualTo(ids + 1);
  }

  @Test
  void anIdIsFoundWhoseOldSlotGetsAnotherIdWhileAllAreCompared(@TempDir Path directory) {
    HnswIndex index = index();
    for (int id = 0; id < 100; id++) {
      index.add(id, stamped(id, 0));
    }
    index.remove(0);
    // saving frees the slots of what was removed
    index.save(directory.resolve("graph"));
    AtomicBoolean moved = new AtomicBoolean();
    LongPredicate meanwhile =
        met -> {
          if (met == 50 && moved.compareAndSet(false, true)) {
            index.add(99, stamped(99, 1));
            index.save(directory.resolve("graph"));
            index.add(500, stamped(500, 0));
          }
          return true;
        };
    assertThat(index.search(stamped(99, 0), 10, 0, meanwhile).id(0)).isEqualTo(99);
    assertThat(moved).isTrue();
  }

  /** Overwrites the ids that are odd, over and over. */
  private static Void overwrite(HnswIndex index, int ids, int first, AtomicBoolean done) {
    for (int version = 1; version <= 4; version++) {
      for (int id = first; id < ids; id += 4) {
        index.add(id, stamped(id, version));
      }
    }
    done.set(true);
    return null;
  }

  private static Void removeAndAdd(HnswIndex index, int ids, AtomicBoolean done) {
    float[] vector = stamped(ids, 0);
    index.add(ids, vector);
    while (!done.get()) {
      assertThat(index.remove(ids)).isTrue();
      assertThat(index.contains(ids)).isFalse();
      index.add(ids, vector);
    }
    return null;
  }

  /** A wide search compares all, so that it must miss nothing; a walk may, now and then. */
  private static Void search(HnswIndex index, float[][] steady, long seed, AtomicBoolean done) {
    Random random = new Random(seed);
    int searches = 0;
    int missed = 0;
    do {
      int id = random.nextInt(steady.length);
      SearchResult all = index.search(stamped(id, 0), 10, steady.length, null);
      assertSound(all);
      assertThat(all.id(0)).isEqualTo(id);
      assertThat(all.score(0)).isLessThan(0.01f);
      assertThat(id % 2 == 1 || all.score(0) == 0).isTrue();
      SearchResult walked = index.search(stamped(id, 0), 10, 100, null);
      assertSound(walked);
      searches++;
      missed += walked.id(0) == id ? 0 : 1;
    } while (!done.get());
    assertThat(missed).isLessThanOrEqualTo(2 + searches / 50);
    return null;
  }

  private static void assertSound(SearchResult result) {
    assertThat(new HashSet<>(AnnIndexContract.ids(result))).hasSize(10);
    AnnIndexContract.assertOrdered(MetricType.L2, result);
  }
}
