package dev.recsys.bench;

import dev.recsys.bench.data.Spectrum;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
import dev.recsys.bench.peer.UpdatablePeer;
import dev.recsys.index.schema.MetricType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One thread overwrites vectors as fast as it can while another searches: the mean time of an
 * update and of a search. An index that does not allow both at once is held under a read-write lock
 * for each, as the embedded store holds it.
 *
 * <pre>{@code
 * java -jar recsys-benchmarks/target/benchmarks.jar UpdateBenchmark -p backend=HNSW -p n=100000
 * java -jar recsys-benchmarks/target/benchmarks.jar UpdateBenchmark -tg 1,3
 * }</pre>
 *
 * With {@code -tg} it takes the numbers of threads that search and that update.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Group)
public class UpdateBenchmark {
  private static final String GROUP = "underUpdate";

  /** Which index is updated; one of this project's. */
  @Param({"EXACT", "HNSW", "HNSWLIB"})
  public Backend backend = Backend.EXACT;

  /** How many vectors are generated. */
  @Param("10000")
  public int n = 10_000;

  /** Of what dimension. */
  @Param("256")
  public int dimension = 256;

  /** Of which kind. */
  @Param("LOW_RANK")
  public Spectrum spectrum = Spectrum.LOW_RANK;

  /** How many are to be found. */
  @Param("10")
  public int k = 10;

  /** How many candidates graphs keep. */
  @Param("64")
  public int ef = 64;

  private final ScratchDirectory files = ScratchDirectory.create();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  @SuppressWarnings("NullAway.Init")
  private VectorSet set;

  @SuppressWarnings("NullAway.Init")
  private UpdatablePeer peer;

  /** How far a thread is, and where it gets its answer. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;
    private int[] ids = {};

    /** Makes room for the answer. */
    @Setup
    public void begin(UpdateBenchmark benchmark) {
      ids = new int[benchmark.k];
    }

    int below(int count) {
      next = next + 1 < count ? next + 1 : 0;
      return next;
    }
  }

  /** Fills the index. */
  @Setup
  public void open() {
    set =
        spectrum.generate(
            n, dimension, SearchBenchmark.QUERIES, MetricType.IP, SearchBenchmark.SEED);
    Peer built =
        backend.build(
            new PeerSettings(
                set.metric(), dimension, set.unit(), 1, SearchBenchmark.SEED, files.path()),
            set.base());
    if (!(built instanceof UpdatablePeer updatable)) {
      built.close();
      throw new IllegalArgumentException(
          "backend must be EXACT, HNSW or HNSWLIB, which are updated in place, got " + backend);
    }
    peer = updatable;
  }

  /** Lets go of the index. */
  @TearDown
  public void close() {
    peer.close();
    files.close();
  }

  VectorSet set() {
    return set;
  }

  /** One query; returns how many were found. */
  @Benchmark
  @Group(GROUP)
  public int search(Turn turn) {
    return search(set.queries()[turn.below(set.queries().length)], turn.ids);
  }

  int search(float[] query, int[] ids) {
    if (peer.concurrent()) {
      return peer.search(query, Math.max(ef, k), null, ids);
    }
    Lock reading = lock.readLock();
    reading.lock();
    try {
      return peer.search(query, Math.max(ef, k), null, ids);
    } finally {
      reading.unlock();
    }
  }

  /** One id gets the vector of the next. */
  @Benchmark
  @Group(GROUP)
  public void update(Turn turn) {
    int id = turn.below(n);
    update(id, set.base()[id + 1 < n ? id + 1 : 0]);
  }

  void update(int id, float[] vector) {
    if (peer.concurrent()) {
      peer.put(id, vector);
      return;
    }
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      peer.put(id, vector);
    } finally {
      writing.unlock();
    }
  }
}
