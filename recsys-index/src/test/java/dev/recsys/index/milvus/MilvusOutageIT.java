package dev.recsys.index.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.StoreUnavailableException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.milvus.MilvusServer;
import dev.recsys.milvus.WithMilvus;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers see of a server that is not there, or not any more, or there again. */
@ExtendWith(WithMilvus.class)
class MilvusOutageIT {
  private static final MilvusOptions HASTY =
      MilvusOptions.defaults()
          .connectTimeout(Duration.ofSeconds(2))
          .callTimeout(Duration.ofSeconds(3));

  /** One attempt to connect, one call, and what a busy machine adds. */
  private static final long DEADLINE_MS = 8_000;

  /** What callers may wait once the server has loaded what it had. */
  private static final Duration BACK = Duration.ofSeconds(5);

  /** What the server itself may take for that. */
  private static final Duration RELOAD = Duration.ofMinutes(1);

  @Test
  void aServerThatIsNotThereIsReportedByUriAndCall() {
    String uri = "http://127.0.0.1:19539";
    StoreUnavailableException e =
        catchThrowableOfType(
            StoreUnavailableException.class, () -> MilvusVectorStore.connect(uri, HASTY));

    assertThat(e.uri()).isEqualTo(uri);
    assertThat(e.call()).isEqualTo("connect");
    assertThat(e).hasMessageContaining("no answer from " + uri + " to connect");
  }

  @Test
  void afterACrashUnderLoadNoCallHangsAndAllSucceedAgain(MilvusServer server) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    LongAccumulator slowest = new LongAccumulator(Math::max, 0);
    try (VectorStore store = MilvusVectorStore.connect(MilvusServer.URI, HASTY)) {
      VectorCollection movies = filled(store);
      CompletableFuture<Void> load =
          CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> searchUntil(over, movies, slowest)),
              CompletableFuture.runAsync(() -> searchUntil(over, movies, slowest)));
      server.kill();
      assertThatThrownBy(movies::count)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("count the entities, collection \"movies\"");
      server.restart();
      assertThat(within(RELOAD, MilvusOutageIT::loaded)).isTrue();
      assertThat(within(BACK, () -> answers(movies))).isTrue();
      assertThat(movies.count()).isEqualTo(2);
      over.set(true);
      load.get(1, TimeUnit.MINUTES);
    }
    assertThat(slowest.get()).isLessThan(DEADLINE_MS);
  }

  private static VectorCollection filled(VectorStore store) {
    store.drop("movies");
    CollectionSchema schema =
        CollectionSchema.builder("movies")
            .primaryKey("id", DataType.INT64)
            .vector("vector", 2)
            .build();
    VectorCollection movies = store.create(schema, IndexParams.flat(MetricType.IP));
    movies.upsert(List.of(Entity.of(1, new float[] {1, 0}), Entity.of(2, new float[] {0, 1})));
    return movies;
  }

  private static void searchUntil(
      AtomicBoolean over, VectorCollection movies, LongAccumulator slowest) {
    while (!over.get()) {
      long began = System.nanoTime();
      boolean answered = answers(movies);
      slowest.accumulate(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(answered ? 1 : 50));
    }
  }

  private static boolean answers(VectorCollection movies) {
    try {
      List<Hit> hits = movies.search(SearchRequest.nearest(new float[] {1, 0}).limit(1));
      return hits.get(0).id() == 1;
    } catch (StoreException e) {
      return false;
    }
  }

  /** Asks the server past the store whether it has loaded the collection. */
  private static boolean loaded() {
    ConnectConfig config =
        ConnectConfig.builder().uri(MilvusServer.URI).connectTimeoutMs(1_000).build();
    MilvusClientV2 client = new MilvusClientV2(config);
    try {
      return client.getLoadState(GetLoadStateReq.builder().collectionName("movies").build());
    } finally {
      client.close();
    }
  }

  private static boolean within(Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return true;
  }
}
