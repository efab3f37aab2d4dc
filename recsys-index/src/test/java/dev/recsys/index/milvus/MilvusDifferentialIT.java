package dev.recsys.index.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.index.Entity;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.embedded.EmbeddedVectorStore;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.filter.FilterException;
import dev.recsys.index.filter.ServerSamples;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.milvus.MilvusServer;
import dev.recsys.milvus.WithMilvus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random filters over random rows find the same entities in process and on a server. */
@ExtendWith(WithMilvus.class)
class MilvusDifferentialIT {
  private static final int ROWS = 200;
  private static final int EXPRESSIONS = Integer.getInteger("differential.expressions", 10_000);
  private static final int THREADS = 4;
  private static final long SEED = 11;

  private final AtomicInteger some = new AtomicInteger();

  private static VectorCollection filled(VectorStore store) {
    store.drop(ServerSamples.SERVER_SCHEMA.name());
    VectorCollection collection =
        store.create(ServerSamples.SERVER_SCHEMA, IndexParams.flat(MetricType.L2));
    ServerSamples samples = new ServerSamples(new Random(SEED));
    List<Entity> entities = new ArrayList<>();
    for (int id = 0; id < ROWS; id++) {
      Entity entity = Entity.of(id, new float[2]);
      for (Map.Entry<String, Object> field : samples.fields().entrySet()) {
        entity = entity.with(field.getKey(), field.getValue());
      }
      entities.add(entity);
    }
    collection.upsert(entities);
    return collection;
  }

  @Test
  void tenThousandRandomFiltersFindTheSameAsOnTheServer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (VectorStore here = EmbeddedVectorStore.inMemory();
        VectorStore there = MilvusVectorStore.connect(MilvusServer.URI)) {
      VectorCollection ours = filled(here);
      VectorCollection theirs = filled(there);
      QueryRequest declared = QueryRequest.all().limit(ROWS).outputFields(declaredFields());
      assertThat(theirs.query(declared)).usingRecursiveComparison().isEqualTo(ours.query(declared));
      List<Future<List<String>>> parts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        parts.add(threads.submit(part(SEED + i, ours, theirs)));
      }
      List<String> differences = new ArrayList<>();
      for (Future<List<String>> part : parts) {
        differences.addAll(part.get());
      }
      assertThat(differences).isEmpty();
      assertThat(some.get()).as("filters that some rows satisfy").isGreaterThan(EXPRESSIONS / 3);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String[] declaredFields() {
    return ServerSamples.SERVER_SCHEMA.fields().stream()
        .map(FieldSchema::name)
        .toArray(String[]::new);
  }

  private Callable<List<String>> part(long seed, VectorCollection ours, VectorCollection theirs) {
    return () -> {
      ServerSamples samples = new ServerSamples(new Random(seed));
      List<String> differences = new ArrayList<>();
      int compared = 0;
      while (compared < EXPRESSIONS / THREADS) {
        Filter filter = bound(samples.expression());
        if (filter != null) {
          compared++;
          compare(filter, ours, theirs, differences);
        }
      }
      return differences;
    };
  }

  private static @Nullable Filter bound(String expression) {
    Filter filter = Filter.parse(expression);
    try {
      filter.bind(ServerSamples.SERVER_SCHEMA);
      return filter;
    } catch (FilterException e) {
      return null;
    }
  }

  private void compare(
      Filter filter, VectorCollection ours, VectorCollection theirs, List<String> differences) {
    List<Map<String, Object>> expected = ours.query(QueryRequest.where(filter));
    List<Map<String, Object>> found;
    try {
      found = theirs.query(QueryRequest.where(filter));
    } catch (StoreException e) {
      differences.add(filter + " is refused: " + e.getMessage());
      return;
    }
    some.addAndGet(expected.isEmpty() || expected.size() == ROWS ? 0 : 1);
    if (!found.equals(expected)) {
      List<Map<String, Object>> more = new ArrayList<>(found);
      more.removeAll(expected);
      List<Map<String, Object>> less = new ArrayList<>(expected);
      less.removeAll(found);
      differences.add(filter + " finds there also " + more + ", not " + less);
    }
  }
}
