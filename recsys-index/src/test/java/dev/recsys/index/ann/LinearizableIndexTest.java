package dev.recsys.index.ann;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.recsys.index.schema.MetricType;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Random operations of three threads at once give what some order of them gives, one after the
 * other (Lincheck: Koval et al., CAV 2023). Of a search that is asked only of what nobody writes:
 * of the rest it may see some writes and not others.
 */
class LinearizableIndexTest {
  private static final int DIMENSION = 4;

  private static StressOptions options() {
    return new StressOptions()
        .iterations(50)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3);
  }

  @Param(name = "id", gen = IntGen.class, conf = "1:3")
  @Param(name = "place", gen = IntGen.class, conf = "1:3")
  public static class Hnsw {
    private static final int STAYS = 0;

    private final HnswIndex index = HnswIndex.builder(DIMENSION, MetricType.L2).build();

    public Hnsw() {
      index.add(STAYS, vector(0));
    }

    private static float[] vector(int place) {
      return new float[] {place, 1, 0, 0};
    }

    @Operation
    public void add(@Param(name = "id") int id, @Param(name = "place") int place) {
      index.add(id, vector(place));
    }

    @Operation
    public boolean remove(@Param(name = "id") int id) {
      return index.remove(id);
    }

    @Operation
    public boolean contains(@Param(name = "id") int id) {
      return index.contains(id);
    }

    /** Returns how far the one is that stays, or why it cannot be told. */
    @Operation
    public String search(@Param(name = "place") int place) {
      SearchResult found = index.search(vector(place), 4, 0, null);
      Set<Long> ids = new HashSet<>();
      String stays = "not found";
      for (int rank = 0; rank < found.size(); rank++) {
        if (!ids.add(found.id(rank))) {
          return "found twice: " + found.id(rank);
        }
        if (found.id(rank) == STAYS) {
          stays = "at " + found.score(rank);
        }
      }
      return stays;
    }
  }

  /** What an index does, without one. */
  public static class Specification {
    private final Set<Integer> ids = new HashSet<>();

    public void add(int id, int place) {
      ids.add(id);
    }

    public boolean remove(int id) {
      return ids.remove(id);
    }

    public boolean contains(int id) {
      return ids.contains(id);
    }

    public String search(int place) {
      return "at " + (float) (place * place);
    }
  }

  /** Forgets now and then, between looking and writing. */
  public static class Broken {
    private volatile int count;

    @Operation
    public int increment() {
      int seen = count;
      LockSupport.parkNanos(1_000); // on one core, for another one to come between
      count = seen + 1;
      return seen;
    }
  }

  @Test
  void hnsw() {
    options().sequentialSpecification(Specification.class).check(Hnsw.class);
  }

  @Test
  void whatIsNotLinearizableIsFound() {
    assertThatExceptionOfType(LincheckAssertionError.class)
        .isThrownBy(() -> options().check(Broken.class));
  }
}
