package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.index.Entity;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interrupted threads, a device that is full and one that does not sync. */
class FaultsTest {
  private static final int DIMENSION = 256;
  private static final CollectionSchema SCHEMA =
      CollectionSchema.builder("things")
          .primaryKey("id", DataType.INT64)
          .vector("v", DIMENSION)
          .field("name", DataType.VARCHAR)
          .build();

  @TempDir Path directory;

  private final FaultyPath device = FaultyPath.install();

  @AfterEach
  void restore() {
    device.close();
  }

  private VectorStore open(Durability durability) {
    return EmbeddedVectorStore.open(directory, EmbeddedOptions.defaults().durability(durability));
  }

  private static List<Entity> things(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(
            id -> {
              float[] vector = new float[DIMENSION];
              vector[(int) (id % DIMENSION)] = 1 + id;
              return Entity.of(id, vector).with("name", "thing " + id);
            })
        .toList();
  }

  /** More than MVStore keeps in memory, so that the file is read. */
  @Test
  void anInterruptedThreadClosedTheStoresFile() {
    int count = 30_000;
    long[] all = LongStream.range(0, count).toArray();
    try (VectorStore store = open(Durability.SYNC)) {
      VectorCollection things = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      things.upsert(things(0, count));
      Thread.currentThread().interrupt();
      try {
        assertThat(things.get(all)).hasSize(count);
        assertThat(things.upsert(things(count, count + 10))).isEqualTo(10);
        assertThat(things.delete(count + 9)).isEqualTo(1);
        assertThat(things.search(SearchRequest.nearest(new float[DIMENSION]).outputFields("*")))
            .hasSize(10);
        things.flush();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(things.upsert(things(count + 9, count + 11))).isEqualTo(2);
      assertThat(things.get(all)).hasSize(count);
    }
    try (VectorStore store = open(Durability.SYNC)) {
      assertThat(store.collection("things").count()).isEqualTo(count + 11);
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void onAFullDeviceAWriteFailsWholeAndNothingAcknowledgedIsLost(Durability durability) {
    try (VectorStore store = open(durability)) {
      VectorCollection things = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      things.upsert(things(0, 100));
      things.flush();
      device.failing(FaultyPath.Fault.WRITE);
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> things.upsert(things(50, 200)));
      assertThat(failure.reason()).isEqualTo(StoreException.Reason.IO);
      assertThat(failure)
          .hasMessageContaining(directory.toString())
          .hasStackTraceContaining("No space left on device");
      assertThat(things.search(SearchRequest.nearest(new float[DIMENSION]).limit(500)))
          .hasSize(100);
      assertThat(catchThrowableOfType(StoreException.class, () -> things.delete(1))).isNotNull();
      device.failing(FaultyPath.Fault.NONE);
    }
    try (VectorStore store = open(durability)) {
      VectorCollection things = store.collection("things");
      assertThat(things.count()).isEqualTo(100);
      assertThat(things.get(LongStream.range(0, 100).toArray())).isEqualTo(things(0, 100));
      assertThat(things.upsert(things(50, 200))).isEqualTo(150);
      assertThat(things.count()).isEqualTo(200);
    }
  }

  @Test
  void whatIsNotOnTheDeviceIsNotAcknowledged() {
    try (VectorStore store = open(Durability.SYNC)) {
      VectorCollection things = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      things.upsert(things(0, 100));
      device.failing(FaultyPath.Fault.SYNC);
      StoreException failure =
          catchThrowableOfType(StoreException.class, () -> things.upsert(things(100, 200)));
      assertThat(failure.reason()).isEqualTo(StoreException.Reason.IO);
      assertThat(failure).hasStackTraceContaining("Input/output error");
      device.failing(FaultyPath.Fault.NONE);
    }
    try (VectorStore store = open(Durability.SYNC)) {
      VectorCollection things = store.collection("things");
      assertThat(things.count()).isIn(100L, 200L);
      assertThat(things.get(LongStream.range(0, 100).toArray())).isEqualTo(things(0, 100));
    }
  }

  @Test
  void aFlushThatFailsSaysSo() {
    try (VectorStore store = open(Durability.FLUSH)) {
      VectorCollection things = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      things.upsert(things(0, 100));
      device.failing(FaultyPath.Fault.SYNC);
      StoreException failure = catchThrowableOfType(StoreException.class, things::flush);
      assertThat(failure.reason()).isEqualTo(StoreException.Reason.IO);
      device.failing(FaultyPath.Fault.NONE);
    }
    try (VectorStore store = open(Durability.FLUSH)) {
      assertThat(store.collection("things").count()).isIn(0L, 100L);
    }
  }

  @Test
  void readersDoNotWaitForAWriterWhoseDeviceIsSlow() throws Exception {
    try (VectorStore store = open(Durability.SYNC)) {
      VectorCollection things = store.create(SCHEMA, IndexParams.flat(MetricType.IP));
      things.upsert(things(0, 100));
      SearchRequest all = SearchRequest.nearest(new float[DIMENSION]).limit(500);
      device.failing(FaultyPath.Fault.STALLED_SYNC);
      CompletableFuture<Long> writer =
          CompletableFuture.supplyAsync(
              () -> things.upsert(List.of(entity(7, "new"), entity(200, "new"))));
      try {
        device.awaitStalled();
        assertThat(things.search(all.outputFields("name")))
            .hasSize(100)
            .allSatisfy(hit -> assertThat(hit.fields()).doesNotContainValue("new"));
        assertThat(things.count()).isEqualTo(100);
        assertThat(things.get(7, 200)).isEqualTo(things(7, 8));
        assertThat(things.query(QueryRequest.where("name == 'new'"))).isEmpty();
        assertThat(things.query(QueryRequest.all().limit(500))).hasSize(100);
        assertThat(writer).isNotDone();
      } finally {
        device.release();
      }
      assertThat(writer.get()).isEqualTo(2);
      assertThat(things.search(all)).hasSize(101);
      assertThat(things.get(7)).isEqualTo(List.of(entity(7, "new")));
      assertThat(things.query(QueryRequest.where("name == 'new'"))).hasSize(2);
    }
  }

  private static Entity entity(long id, String name) {
    return Entity.of(id, things(id, id + 1).get(0).vector()).with("name", name);
  }
}
