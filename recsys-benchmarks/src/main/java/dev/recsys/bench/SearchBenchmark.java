package dev.recsys.bench;

import dev.recsys.bench.data.KeptIds;
import dev.recsys.bench.data.Spectrum;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * One query to an index: the mean time that a thread waits for its answer.
 *
 * <pre>{@code
 * java -jar recsys-benchmarks/target/benchmarks.jar SearchBenchmark -p selectivity=1 -prof gc
 * java -jar recsys-benchmarks/target/benchmarks.jar SearchBenchmark -t 2 \
 *     -p backend=HNSW,LUCENE -p n=100000 -p ef=64,128 -p selectivity=1,0.01
 * java -jar recsys-benchmarks/target/benchmarks.jar SearchBenchmark -p model=MODEL -p selectivity=1
 * }</pre>
 *
 * With {@code -prof gc} it shows what a query allocates, its result included.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class SearchBenchmark {
  static final long SEED = 7;
  static final int QUERIES = 1_000;
  private static final String NONE = "none";

  /** Which index searches. */
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

  /** How vectors are compared. */
  @Param("IP")
  public MetricType metric = MetricType.IP;

  /** How many are to be found. */
  @Param("10")
  public int k = 10;

  /** How many candidates graphs keep. */
  @Param("64")
  public int ef = 64;

  /** The share that a random filter keeps; 1 is no filter. */
  @Param({"1", "0.5", "0.1", "0.01"})
  public double selectivity = 1;

  /** The directory of a trained model, whose items are searched then by its users, or "none". */
  @Param(NONE)
  public String model = NONE;

  @SuppressWarnings("NullAway.Init")
  private VectorSet set;

  @SuppressWarnings("NullAway.Init")
  private Peer peer;

  private @Nullable KeptIds kept;
  private final ScratchDirectory files = ScratchDirectory.create();

  /** What a thread asks next, and where it gets its answer. */
  @State(Scope.Thread)
  public static class Asker {
    private int next;
    private int[] ids = {};

    /** Makes room for the answer. */
    @Setup
    public void begin(SearchBenchmark benchmark) {
      ids = new int[benchmark.k];
    }

    float[] query(float[][] queries) {
      next = next + 1 < queries.length ? next + 1 : 0;
      return queries[next];
    }
  }

  /** Fills the index. */
  @Setup
  public void open() {
    if (selectivity < 1 && !backend.filters()) {
      throw new IllegalArgumentException(
          backend.label() + " has no filters: selectivity must be 1, got " + selectivity);
    }
    set =
        model.equals(NONE)
            ? spectrum.generate(n, dimension, QUERIES, metric, SEED)
            : TrainedModel.vectors(model, metric, QUERIES);
    kept = selectivity < 1 ? KeptIds.random(set.size(), selectivity, SEED) : null;
    peer =
        backend.build(
            new PeerSettings(metric, set.dimension(), set.unit(), 1, SEED, files.path()),
            set.base());
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

  @Nullable KeptIds kept() {
    return kept;
  }

  /** One query, as users wait for it; returns how many were found. */
  @Benchmark
  public int search(Asker asker) {
    return peer.search(asker.query(set.queries()), Math.max(ef, k), kept, asker.ids);
  }

  /** Returns what a query finds. */
  int[] found(float[] query) {
    int[] ids = new int[k];
    return Arrays.copyOf(ids, peer.search(query, Math.max(ef, k), kept, ids));
  }
}
