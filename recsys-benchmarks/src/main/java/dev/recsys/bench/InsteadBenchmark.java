package dev.recsys.bench;

import dev.recsys.Recommender;
import dev.recsys.bench.peer.Backend;
import dev.recsys.bench.peer.Peer;
import dev.recsys.bench.peer.PeerSettings;
import dev.recsys.features.Item;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.milvus.MilvusVectorStore;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.DjlUserTower;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * Profile in, five titles out, by this project and by what one would put together instead: the
 * user's vector by PyTorch through DJL, then another library's index over vectors of 200
 * dimensions.
 *
 * <pre>{@code
 * java -cp recsys-benchmarks/target/benchmarks.jar:SDK/* org.openjdk.jmh.Main InsteadBenchmark \
 *     -p model=MODEL -p way=RECSYS,DJL_HNSWLIB_CORE,DJL_LANGCHAIN4J,MILVUS
 * }</pre>
 *
 * A server needs milvus-sdk-java on the class path.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class InsteadBenchmark {
  private static final int K = 5;
  private static final int EF = 64;
  private static final int DIMENSION = 200;

  /** What answers. */
  public enum Way {
    RECSYS,
    DJL_HNSWLIB_CORE,
    DJL_LANGCHAIN4J,
    MILVUS
  }

  /** What answers. */
  @Param({"RECSYS", "DJL_HNSWLIB_CORE", "DJL_LANGCHAIN4J"})
  public Way way = Way.RECSYS;

  /** A model's directory, or "sample". */
  @Param(TrainedModel.SAMPLE)
  public String model = TrainedModel.SAMPLE;

  /** The server. */
  @Param("http://localhost:19530")
  public String uri = "http://localhost:19530";

  private final List<AutoCloseable> open = new ArrayList<>();
  private Supplier<List<?>> request = List::of;

  /** Opens what answers. */
  @Setup(Level.Trial)
  public void open() {
    FusionModel loaded = TrainedModel.of(model);
    request =
        switch (way) {
          case RECSYS -> recommender(loaded, EmbeddedVectorStore.inMemory());
          case MILVUS -> recommender(loaded, MilvusVectorStore.connect(uri));
          case DJL_HNSWLIB_CORE -> together(loaded, Backend.HNSWLIB_CORE);
          case DJL_LANGCHAIN4J -> together(loaded, Backend.LANGCHAIN4J);
        };
  }

  private Supplier<List<?>> recommender(FusionModel loaded, VectorStore store) {
    Recommender recommender = Recommender.of(loaded, store);
    open.add(recommender);
    open.add(store);
    return () -> recommender.forUser(RecommendBenchmark.PROFILE).topK(K);
  }

  private Supplier<List<?>> together(FusionModel loaded, Backend backend) {
    FusionModel stars = loaded.rankingBy(Objective.RATING);
    float[][] vectors =
        loaded.items().stream()
            .map(item -> unit(stars.itemVector(item.id())))
            .toArray(float[][]::new);
    String[] titles = loaded.items().stream().map(Item::title).toArray(String[]::new);
    ScratchDirectory directory = ScratchDirectory.create();
    open.add(directory);
    PeerSettings settings =
        new PeerSettings(MetricType.IP, DIMENSION, true, 1, 7, directory.path());
    Peer peer = backend.build(settings, vectors);
    DjlUserTower tower = new DjlUserTower(TrainedModel.data());
    open.add(peer);
    open.add(tower);
    int[] ids = new int[K];
    return () -> {
      int found = peer.search(tower.vector(RecommendBenchmark.PROFILE), EF, null, ids);
      List<String> five = new ArrayList<>(found);
      for (int i = 0; i < found; i++) {
        five.add(titles[ids[i]]);
      }
      return five;
    };
  }

  private static float[] unit(float[] vector) {
    float[] unit = Arrays.copyOf(vector, DIMENSION);
    double square = 0;
    for (float component : unit) {
      square += (double) component * component;
    }
    float factor = (float) (1 / Math.sqrt(square));
    for (int i = 0; i < unit.length; i++) {
      unit[i] *= factor;
    }
    return unit;
  }

  /** Closes what answered. */
  @TearDown(Level.Trial)
  public void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** Profile in, five titles out. */
  @Benchmark
  public @Nullable Object fiveTitles() {
    return request.get();
  }
}
