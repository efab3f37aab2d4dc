package dev.recsys.index.milvus;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.response.QueryResp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.LongStream;

/** One collection on a server. Safe for many threads. */
final class MilvusCollection implements VectorCollection {
  /** The server takes messages of 64 MiB; some is left for what is around the rows. */
  private static final long MAX_BATCH_BYTES = 32L << 20;

  private static final int MAX_BATCH_IDS = 16_384;

  private final Connection connection;
  private final CollectionSchema schema;
  private final IndexParams indexParams;
  private volatile boolean dropped;

  MilvusCollection(Connection connection, CollectionSchema schema, IndexParams indexParams) {
    this.connection = connection;
    this.schema = schema;
    this.indexParams = indexParams;
  }

  @Override
  public String name() {
    return schema.name();
  }

  @Override
  public CollectionSchema schema() {
    return schema;
  }

  @Override
  public IndexParams indexParams() {
    return indexParams;
  }

  @Override
  public long upsert(List<Entity> entities) {
    Map<Long, Entity> last = new LinkedHashMap<>();
    for (Entity entity : entities) {
      last.put(entity.id(), entity.conformingTo(schema));
    }
    List<Entity> batch = new ArrayList<>();
    long bytes = 0;
    for (Entity entity : last.values()) {
      long more = EntityTranslation.bytes(entity);
      if (bytes + more > MAX_BATCH_BYTES && !batch.isEmpty()) {
        upsertBatch(batch);
        batch.clear();
        bytes = 0;
      }
      batch.add(entity);
      bytes += more;
    }
    upsertBatch(batch);
    return entities.size();
  }

  private void upsertBatch(List<Entity> batch) {
    UpsertReq request =
        UpsertReq.builder()
            .collectionName(name())
            .data(batch.stream().map(e -> EntityTranslation.toMilvus(schema, e)).toList())
            .build();
    call("upsert " + batch.size() + " entities", c -> batch.isEmpty() || c.upsert(request) != null);
  }

  @Override
  public long delete(long... ids) {
    for (long[] part : parts(ids)) {
      DeleteReq request =
          DeleteReq.builder()
              .collectionName(name())
              .filter(IdList.in(schema.primaryKey().name(), part))
              .build();
      call("delete " + part.length + " entities", client -> client.delete(request));
    }
    call("delete", client -> true);
    return ids.length;
  }

  private static List<long[]> parts(long[] ids) {
    List<long[]> parts = new ArrayList<>();
    for (int from = 0; from < ids.length; from += MAX_BATCH_IDS) {
      parts.add(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + MAX_BATCH_IDS)));
    }
    return parts;
  }

  @Override
  public List<Entity> get(long... ids) {
    Map<Long, Entity> found = new LinkedHashMap<>();
    for (long[] part : parts(ids)) {
      QueryReq request =
          QueryReq.builder()
              .collectionName(name())
              .filter(IdList.in(schema.primaryKey().name(), part))
              .outputFields(schema.fields().stream().map(field -> field.name()).toList())
              .consistencyLevel(ConsistencyLevel.STRONG)
              .build();
      QueryResp response = call("get " + part.length + " entities", c -> c.query(request));
      for (QueryResp.QueryResult row : response.getQueryResults()) {
        Entity entity = EntityTranslation.fromMilvus(schema, row.getEntity());
        found.put(entity.id(), entity);
      }
    }
    call("get", client -> true);
    return LongStream.of(ids).distinct().mapToObj(found::get).filter(Objects::nonNull).toList();
  }

  @Override
  public long count() {
    QueryReq request =
        QueryReq.builder()
            .collectionName(name())
            .filter("")
            .outputFields(List.of("count(*)"))
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build();
    QueryResp response = call("count the entities", client -> client.query(request));
    Object count = response.getQueryResults().get(0).getEntity().get("count(*)");
    return (long) Objects.requireNonNull(count, "count(*) in the server's answer");
  }

  @Override
  public List<Hit> search(SearchRequest request) {
    return search(List.of(request.conformingTo(schema))).get(0);
  }

  @Override
  public List<List<Hit>> search(SearchRequest.Batch batch) {
    return search(batch.requests().stream().map(each -> each.conformingTo(schema)).toList());
  }

  private List<List<Hit>> search(List<SearchRequest> requests) {
    SearchTranslation translation = new SearchTranslation(schema, indexParams);
    return translation.hits(
        requests.get(0), call("search", client -> client.search(translation.toMilvus(requests))));
  }

  @Override
  public void flush() {
    FlushReq request = FlushReq.builder().collectionNames(List.of(name())).build();
    call(
        "flush",
        client -> {
          client.flush(request);
          return true;
        });
  }

  private <T> T call(String what, Function<MilvusClientV2, T> call) {
    if (dropped) {
      throw new IllegalStateException("collection \"" + name() + "\" was dropped");
    }
    return connection.call(name(), what, call);
  }

  /** Refuses everything from now on. */
  void drop() {
    dropped = true;
  }
}
