package dev.recsys.bench;

import dev.recsys.bench.data.Spectrum;
import dev.recsys.bench.data.VectorSet;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
import dev.recsys.index.schema.MetricType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * An index filled with all its vectors, until it can be searched at full speed.
 *
 * <pre>{@code
 * java -jar recsys-benchmarks/target/benchmarks.jar BuildBenchmark \
 *     -p backend=HNSW,HNSWLIB_SIMD,JVECTOR -p n=100000 -p threads=1,2
 * }</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class BuildBenchmark {
  /** Which index is filled. */
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

  /** How many threads add vectors; libraries that have no use for more take one. */
  @Param("1")
  public int threads = 1;

  @SuppressWarnings("NullAway.Init")
  private VectorSet set;

  private @Nullable Peer peer;
  private final ScratchDirectory files = ScratchDirectory.create();

  /** Generates the vectors. */
  @Setup
  public void generate() {
    set = spectrum.generate(n, dimension, 1, MetricType.IP, SearchBenchmark.SEED);
  }

  /** Lets go of the index that was built. */
  @TearDown(Level.Iteration)
  public void discard() {
    if (peer != null) {
      peer.close();
      peer = null;
    }
  }

  /** Deletes what indexes left on the disk. */
  @TearDown
  public void close() {
    files.close();
  }

  VectorSet set() {
    return set;
  }

  /** All vectors into a new index. */
  @Benchmark
  public Peer build() {
    PeerSettings settings =
        new PeerSettings(
            set.metric(), set.dimension(), set.unit(), threads, SearchBenchmark.SEED, files.path());
    Peer built = backend.build(settings, set.base());
    peer = built;
    return built;
  }
}
