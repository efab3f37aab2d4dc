package dev.recsys.bench;

import dev.recsys.Recommendation;
import dev.recsys.Recommender;
import dev.recsys.data.Rating;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.model.DjlUserTower;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * A recommendation from profile to titles, and its first part, the user's vector, as it is served
 * and as PyTorch would make it.
 */
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class RecommendBenchmark {
  private static final int K = 5;
  private static final int RATINGS = 50;
  static final UserProfile PROFILE =
      UserProfile.builder().set("gender", "F").set("age", 25).set("occupation", 10).build();

  /** A model's directory, or "sample". */
  @Param(TrainedModel.SAMPLE)
  public String model = TrainedModel.SAMPLE;

  private final VectorStore store = EmbeddedVectorStore.inMemory();

  @SuppressWarnings("NullAway.Init")
  private FusionModel loaded;

  @SuppressWarnings("NullAway.Init")
  private FusionModel stars;

  @SuppressWarnings("NullAway.Init")
  private Recommender recommender;

  private Rating[] ratings = {};

  @SuppressWarnings("NullAway.Init")
  private DjlUserTower djl;

  /** Loads the model and fills the store. */
  @Setup(Level.Trial)
  public void open() {
    loaded = TrainedModel.of(model);
    stars = loaded.rankingBy(Objective.RATING);
    ratings =
        loaded.items().stream()
            .limit(RATINGS)
            .map(item -> Rating.of(item.id(), (double) (1 + item.id() % 5)))
            .toArray(Rating[]::new);
    recommender = Recommender.of(loaded, store);
    djl = new DjlUserTower(TrainedModel.data());
  }

  FusionModel loaded() {
    return loaded;
  }

  /** Ends the store. */
  @TearDown(Level.Trial)
  public void close() {
    djl.close();
    recommender.close();
    store.close();
  }

  /** The user's vector from the tower in PyTorch, through DJL. */
  @Benchmark
  public float[] userVectorThroughDjl() {
    return djl.vector(PROFILE);
  }

  /** The user's vector from the folded tower of the fusion model. */
  @Benchmark
  public float[] userVectorForStars() {
    return stars.userVector(PROFILE);
  }

  /** The user's vector for ranking: rows of the attributes. */
  @Benchmark
  public float[] userVector() {
    return loaded.userVector(PROFILE);
  }

  /** A profile and fifty ratings given now, ten titles out. */
  @Benchmark
  public List<Recommendation> forFiftyRatingsTop10() {
    return recommender.forUser(PROFILE).withHistory(ratings).topK(10);
  }

  /** Profile in, five titles out. */
  @Benchmark
  public List<Recommendation> forUserTop5() {
    return recommender.forUser(PROFILE).topK(K);
  }
}
