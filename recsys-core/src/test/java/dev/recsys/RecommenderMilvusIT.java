package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.recsys.cli.Run;
import dev.recsys.features.Item;
import dev.recsys.features.UserProfile;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.milvus.MilvusOptions;
import dev.recsys.index.milvus.MilvusVectorStore;
import dev.recsys.milvus.MilvusServer;
import dev.recsys.milvus.WithMilvus;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an application asks gives the same over a real Milvus server as in process. */
@ExtendWith(WithMilvus.class)
class RecommenderMilvusIT {
  private static final UserProfile STRANGER =
      UserProfile.builder().set("gender", "F").set("age", 25).set("occupation", 10).build();
  private static final MilvusOptions OPTIONS =
      MilvusOptions.defaults()
          .connectTimeout(Duration.ofSeconds(2))
          .callTimeout(Duration.ofSeconds(10));

  private final FusionModel model = SampleModel.model();
  private final VectorStore embedded = EmbeddedVectorStore.inMemory();
  private VectorStore milvus;
  private Recommender inProcess;
  private Recommender overServer;

  @TempDir Path directory;

  @BeforeEach
  void open() {
    milvus = MilvusVectorStore.connect(MilvusServer.URI, OPTIONS);
    milvus.list().forEach(milvus::drop);
    inProcess = Recommender.of(model, embedded);
    overServer = Recommender.of(model, milvus);
  }

  @AfterEach
  void close() {
    inProcess.close();
    overServer.close();
    embedded.close();
    milvus.close();
  }

  /** Scores differ in their last bits. */
  private void assertSame(Function<Recommender, List<Recommendation>> request) {
    List<Recommendation> expected = request.apply(inProcess);
    List<Recommendation> found = request.apply(overServer);
    assertThat(found).isNotEmpty().hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).id()).isEqualTo(expected.get(i).id());
      assertThat(found.get(i).title()).isEqualTo(expected.get(i).title());
      assertThat(found.get(i).predictedRating()).isEqualTo(expected.get(i).predictedRating());
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-4));
      assertThat(found.get(i).fallback()).isFalse();
    }
  }

  @Test
  void queriesGiveTheSame() {
    assertSame(recommender -> recommender.forUser(STRANGER).topK(5));
    for (int user = 1; user <= 10; user++) {
      UserProfile known = UserProfile.ofId(user);
      assertSame(recommender -> recommender.forUser(known).excludeSeen().topK(10));
    }
    assertSame(recommender -> recommender.forUser(STRANGER).where("year >= 1990").topK(10));
    assertSame(recommender -> recommender.forUser(STRANGER).offset(7).topK(7));
    assertSame(recommender -> recommender.forUser(STRANGER).diversify(0.5).topK(7));
    assertSame(recommender -> recommender.forUser(STRANGER).explain().topK(3));
    long first = model.items().get(0).id();
    assertThat(overServer.similarTo(first).topK(5))
        .extracting(SimilarItem::id)
        .isEqualTo(inProcess.similarTo(first).topK(5).stream().map(SimilarItem::id).toList());
    assertThat(overServer.health().ready()).isTrue();
  }

  @Test
  void whatIsPutInOrTakenOutCountsAtOnceAndAfterAReload() {
    Item fresh = Item.builder(900_001).set("title", "Brand New (1999)").build();
    Item known = model.items().get(3);
    for (Recommender each : List.of(inProcess, overServer)) {
      assertThat(each.items().upsert(List.of(fresh))).isEqualTo(1);
      assertThat(each.items().remove(known.id())).isEqualTo(1);
    }
    int all = model.items().size();
    assertSame(recommender -> recommender.forUser(STRANGER).topK(all));
    assertThat(overServer.forUser(STRANGER).topK(all))
        .extracting(Recommendation::id)
        .contains(fresh.id())
        .doesNotContain(known.id());
    FusionModel byStars = model.rankingBy(Objective.RATING);
    inProcess.reload(byStars);
    overServer.reload(byStars);
    assertSame(recommender -> recommender.forUser(STRANGER).topK(all));
    try (Recommender another = Recommender.of(byStars, milvus)) {
      assertThat(another.items().get(fresh.id())).contains(fresh);
    }
  }

  @Test
  void whileTheServerIsAwayAnswersComeFromMemory(MilvusServer server) throws Exception {
    Duration deadline = Duration.ofMillis(500);
    assertThat(overServer.forUser(STRANGER).deadline(deadline).topK(5))
        .noneMatch(Recommendation::fallback);
    server.kill();
    try {
      assertThat(overServer.forUser(STRANGER).deadline(deadline).topK(5))
          .hasSize(5)
          .allMatch(Recommendation::fallback);
      assertThat(overServer.health().ready()).isFalse();
    } finally {
      server.restart();
    }
    long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (overServer.forUser(STRANGER).deadline(deadline).topK(5).get(0).fallback()) {
      assertThat(System.nanoTime()).isLessThan(patience);
      Thread.sleep(200);
    }
    assertSame(recommender -> recommender.forUser(STRANGER).topK(5));
  }

  @Test
  void theCommandLineTakesAServer() {
    String saved = directory.resolve("model").toString();
    model.save(Path.of(saved));
    String store = "milvus:" + MilvusServer.URI;
    Run index = Run.of("index", "--model", saved, "--store", store);
    assertThat(index.exitCode()).as(index.err()).isZero();
    String[] profile = {"-a", "25", "-g", "F", "-j", "10"};
    Run found = Run.of(recommend(saved, store, profile));
    assertThat(found.exitCode()).as(found.err()).isZero();
    Run expected = Run.of(recommend(saved, "memory", profile));
    assertThat(found.out()).isEqualTo(expected.out());
  }

  private static String[] recommend(String model, String store, String... profile) {
    List<String> words = new ArrayList<>(List.of("recommend", "--model", model, "--store", store));
    words.addAll(List.of(profile));
    return words.toArray(String[]::new);
  }
}
