package dev.recsys.bench;

import dev.recsys.features.UserProfile;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.model.FusionModel;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** The ten nearest of a catalogue's items to a user's vector, through the bare index. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class SearchBenchmark {
  private static final int K = 10;
  private static final int QUERIES = 256;
  private static final int EF = 64;

  /** Which index searches. */
  @Param public CatalogueIndex index = CatalogueIndex.EXACT;

  /** A model's directory, or "sample". */
  @Param(TrainedModel.SAMPLE)
  public String model = TrainedModel.SAMPLE;

  private final float[][] queries = new float[QUERIES][];
  private AnnIndex built = CatalogueIndex.EXACT.empty(1);
  private int next;

  /** Fills the index and encodes the users who ask. */
  @Setup
  public void build() {
    FusionModel loaded = TrainedModel.of(model);
    built = index.of(loaded);
    for (int i = 0; i < QUERIES; i++) {
      queries[i] = loaded.userVector(UserProfile.ofId(loaded.encoder().userId(1 + i)));
    }
  }

  /** One query. */
  @Benchmark
  public SearchResult search() {
    next = (next + 1) % QUERIES;
    return built.search(queries[next], K, EF, null);
  }
}
