package dev.recsys.index.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Hit;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process is killed in the middle of its writes, again and again: 5 times for each durability, or
 * {@code -Dkills=N} times. Each write is one call, so that it must be there whole or not at all.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final int MOST_WRITES = 60;
  private static final int MOST_NANOS = 3_000_000;

  @TempDir Path parent;
  private final Map<Long, Long> expected = new TreeMap<>();

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedIsThereAndNothingIsHalfThere(Durability durability) throws Exception {
    Path directory = parent.resolve("store");
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection all = store.create(CrashWriter.SCHEMA, IndexParams.hnsw(MetricType.L2));
      all.upsert(
          LongStream.range(0, CrashWriter.KEYS).mapToObj(k -> CrashWriter.entity(k, 0)).toList());
    }
    LongStream.range(0, CrashWriter.KEYS).forEach(key -> expected.put(key, 0L));
    Random random = new Random(17);
    long next = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      long acknowledged = killed(directory, next, durability, random);
      for (; next <= acknowledged; next++) {
        CrashWriter.Write.of(next).applyTo(expected);
      }
      next = reopened(directory, next, random);
    }
  }

  /** Returns the last write that a process acknowledged before it was killed. */
  private static long killed(Path directory, long first, Durability durability, Random random)
      throws IOException, InterruptedException {
    Process process = CrashWriter.start(directory, first, durability);
    long last = first - 1;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int writes = random.nextInt(MOST_WRITES);
      for (int i = 0; i < writes; i++) {
        last = Long.parseLong(lines.readLine());
      }
      LockSupport.parkNanos(random.nextInt(MOST_NANOS));
      // by its handle: a process would close what it has written and was not read
      process.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // the last line may be cut off
        last = line.equals(Long.toString(last + 1)) ? last + 1 : last;
      }
    }
    process.waitFor();
    return last;
  }

  /** Compares what is there, and returns the number of the next write. */
  private long reopened(Path directory, long next, Random random) {
    try (VectorStore store = EmbeddedVectorStore.open(directory)) {
      VectorCollection all = store.collection(CrashWriter.SCHEMA.name());
      Map<Long, Long> found = new TreeMap<>();
      all.query(QueryRequest.where("id >= 0").outputFields("write"))
          .forEach(row -> found.put((Long) row.get("id"), (Long) row.get("write")));
      long following = next;
      if (!found.equals(expected)) {
        // one more may have been committed than was heard of
        CrashWriter.Write.of(following++).applyTo(expected);
      }
      assertThat(found).isEqualTo(expected);
      assertThat(all.count()).isEqualTo(expected.size());
      for (long key : random.longs(20, 0, CrashWriter.KEYS).toArray()) {
        assertFoundAsItIs(all, key);
      }
      return following;
    }
  }

  private void assertFoundAsItIs(VectorCollection all, long key) {
    Long write = expected.get(key);
    float[] vector = CrashWriter.entity(key, write == null ? 0 : write).vector();
    Hit nearest = all.search(SearchRequest.nearest(vector).limit(1).ef(200)).get(0);
    assertThat(nearest.id() == key).isEqualTo(write != null);
  }
}
