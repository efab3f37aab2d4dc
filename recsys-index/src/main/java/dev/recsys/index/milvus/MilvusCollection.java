package dev.recsys.index.milvus;

import com.google.common.collect.Lists;
import com.google.gson.JsonObject;
import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.partition.request.CreatePartitionReq;
import io.milvus.v2.service.partition.request.DropPartitionReq;
import io.milvus.v2.service.partition.request.ListPartitionsReq;
import io.milvus.v2.service.partition.request.ReleasePartitionsReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.response.QueryResp;
import io.milvus.v2.service.vector.response.SearchResp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** One collection on a server. Safe for many threads. */
final class MilvusCollection implements VectorCollection {
  /** The server takes messages of 64 MiB; some is left for what is around the rows. */
  private static final long MAX_BATCH_BYTES = 32L << 20;

  private static final int MAX_BATCH_IDS = 16_384;
  private static final String DEFAULT_PARTITION = "_default";

  private final Connection connection;
  private final String address;
  private final CollectionSchema schema;
  private final Map<String, IndexParams> indexParams;
  private volatile boolean dropped;
  private volatile boolean released;

  /** Makes a collection that the server knows by an address, its name or an alias. */
  MilvusCollection(
      Connection connection,
      String address,
      CollectionSchema schema,
      Map<String, IndexParams> indexParams) {
    this.connection = connection;
    this.address = address;
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
  public IndexParams indexParams(String field) {
    return Objects.requireNonNull(indexParams.get(schema.vector(field).name()));
  }

  @Override
  public long upsert(List<Entity> entities) {
    return upsertInto("", entities);
  }

  @Override
  public long upsert(List<Entity> entities, String partition) {
    checkPartition(partition);
    return upsertInto(partition, entities);
  }

  /** Upserts into a partition, into what the server takes for the default where that is empty. */
  private long upsertInto(String partition, List<Entity> entities) {
    Map<Object, Entity> last = new LinkedHashMap<>();
    for (Entity entity : entities) {
      last.put(entity.key(), entity.conformingTo(schema));
    }
    inBatches(last.values(), rows -> upsertBatch(partition, rows));
    return entities.size();
  }

  private void upsertBatch(String partition, List<JsonObject> rows) {
    UpsertReq request =
        UpsertReq.builder().collectionName(address).partitionName(partition).data(rows).build();
    call("upsert " + rows.size() + " entities", c -> rows.isEmpty() || c.upsert(request) != null);
  }

  @Override
  public long insert(List<Entity> entities) {
    return insertInto("", entities);
  }

  @Override
  public long insert(List<Entity> entities, String partition) {
    checkPartition(partition);
    return insertInto(partition, entities);
  }

  private long insertInto(String partition, List<Entity> entities) {
    Map<Object, Entity> distinct = new LinkedHashMap<>();
    for (Entity entity : entities) {
      if (distinct.put(entity.key(), entity.conformingTo(schema)) != null) {
        throw new IllegalArgumentException(
            "collection \"" + name() + "\", insert: two entities are " + entity.key());
      }
    }
    inBatches(distinct.values(), rows -> insertBatch(partition, rows));
    return entities.size();
  }

  private void insertBatch(String partition, List<JsonObject> rows) {
    InsertReq request =
        InsertReq.builder().collectionName(address).partitionName(partition).data(rows).build();
    call("insert " + rows.size() + " entities", c -> rows.isEmpty() || c.insert(request) != null);
  }

  private void inBatches(Collection<Entity> entities, Consumer<List<JsonObject>> write) {
    List<JsonObject> batch = new ArrayList<>();
    long bytes = 0;
    for (Entity entity : entities) {
      long more = EntityTranslation.bytes(schema, entity);
      if (bytes + more > MAX_BATCH_BYTES && !batch.isEmpty()) {
        write.accept(List.copyOf(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(EntityTranslation.toMilvus(schema, entity));
      bytes += more;
    }
    write.accept(batch);
  }

  @Override
  public long delete(long... ids) {
    schema.checkKeyType(DataType.INT64);
    return remove(LongStream.of(ids).boxed().toList());
  }

  @Override
  public long delete(Collection<String> keys) {
    schema.checkKeyType(DataType.VARCHAR);
    return remove(List.copyOf(keys));
  }

  private long remove(List<?> keys) {
    for (List<?> part : Lists.partition(keys, MAX_BATCH_IDS)) {
      remove("delete " + part.size() + " entities", KeyList.in(schema, part));
    }
    call("delete", client -> true);
    return keys.size();
  }

  @Override
  public long delete(Filter filter) {
    if (filter.everything()) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": a filter is needed to delete by, received the empty one");
    }
    String bound = filter.bind(schema).toString();
    return reading(() -> remove("delete by a filter", bound));
  }

  private long remove(String what, String filter) {
    DeleteReq request = DeleteReq.builder().collectionName(address).filter(filter).build();
    return call(what, client -> client.delete(request)).getDeleteCnt();
  }

  @Override
  public List<Entity> get(long... ids) {
    schema.checkKeyType(DataType.INT64);
    return entities(LongStream.of(ids).boxed().toList());
  }

  @Override
  public List<Entity> get(Collection<String> keys) {
    schema.checkKeyType(DataType.VARCHAR);
    return entities(List.copyOf(keys));
  }

  private List<Entity> entities(List<?> keys) {
    List<String> all = new ArrayList<>(schema.fields().stream().map(FieldSchema::name).toList());
    if (schema.dynamicField()) {
      all.add(EntityTranslation.DYNAMIC);
    }
    Map<Object, Entity> found = new HashMap<>();
    for (List<?> part : Lists.partition(keys, MAX_BATCH_IDS)) {
      QueryReq request = query(KeyList.in(schema, part), all).build();
      for (QueryResp.QueryResult row : rows("get " + part.size() + " entities", request)) {
        Entity entity = EntityTranslation.fromMilvus(schema, row.getEntity());
        found.put(entity.key(), entity);
      }
    }
    call("get", client -> true);
    return keys.stream().distinct().map(found::get).filter(Objects::nonNull).toList();
  }

  private QueryReq.QueryReqBuilder query(String filter, List<String> outputFields) {
    return QueryReq.builder()
        .collectionName(address)
        .filter(filter)
        .outputFields(outputFields)
        .consistencyLevel(ConsistencyLevel.STRONG);
  }

  private List<QueryResp.QueryResult> rows(String what, QueryReq request) {
    return reading(() -> call(what, client -> client.query(request)).getQueryResults());
  }

  @Override
  public List<Map<String, Object>> query(QueryRequest request) {
    QueryRequest checked = request.conformingTo(schema);
    List<String> names = checked.outputFields();
    QueryReq.QueryReqBuilder query =
        query(checked.filter().bind(schema).toString(), EntityTranslation.asked(schema, names))
            .partitionNames(List.copyOf(checked.partitions()))
            .consistencyLevel(SearchTranslation.toMilvus(checked.consistency()));
    if (checked.limit() > 0) {
      query.limit(checked.limit()).offset(checked.offset());
    }
    return of(checked.partitions(), () -> rows("query", query.build())).stream()
        .map(row -> EntityTranslation.output(schema, names, row.getEntity()))
        .map(Collections::unmodifiableMap)
        .toList();
  }

  @Override
  public long count() {
    return count("", List.of());
  }

  @Override
  public long count(Filter filter) {
    return count(filter.bind(schema).toString(), List.of());
  }

  private long count(String filter, List<String> partitions) {
    QueryReq request = query(filter, List.of("count(*)")).partitionNames(partitions).build();
    Object count = rows("count the entities", request).get(0).getEntity().get("count(*)");
    return (long) Objects.requireNonNull(count, "count(*) in the server's answer");
  }

  @Override
  public List<Hit> search(SearchRequest request) {
    return request.conformingTo(this).answeredBy(this::find);
  }

  private List<Hit> find(SearchRequest request) {
    return search(List.of(request)).get(0);
  }

  @Override
  public List<List<Hit>> search(SearchRequest.Batch batch) {
    List<SearchRequest> checked =
        batch.resolvedIn(this).requests().stream().map(each -> each.conformingTo(this)).toList();
    return checked.get(0).groupBy() == null
        ? search(checked)
        : checked.stream().map(each -> each.answeredBy(this::find)).toList();
  }

  private List<List<Hit>> search(List<SearchRequest> requests) {
    IndexParams index = indexParams(requests.get(0).vectorField(schema).name());
    SearchTranslation translation = new SearchTranslation(address, schema, index);
    // outside the call, where what is wrong with a filter would be taken for the server's failure
    SearchReq request = translation.toMilvus(requests);
    SearchResp found =
        of(
            requests.get(0).partitions(),
            () -> reading(() -> call("search", client -> client.search(request))));
    return translation.hits(requests.get(0), found);
  }

  /** Makes a call that names partitions; one that is not there is the caller's mistake. */
  private <T> T of(Set<String> partitions, Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreException e) {
      if (e.reason() == StoreException.Reason.REFUSED) {
        partitions.forEach(this::checkPartition);
      }
      throw e;
    }
  }

  private void checkPartition(String name) {
    schema.checkNamesPartitions();
    if (!partitions().contains(name)) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": no partition \"" + name + "\"; it has " + partitions());
    }
  }

  @Override
  public void createPartition(String name) {
    schema.checkNamesPartitions();
    CollectionSchema.checkPartition(name);
    if (partitions().contains(name)) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": partition \"" + name + "\" is not created: it is there");
    }
    CreatePartitionReq request =
        CreatePartitionReq.builder().collectionName(address).partitionName(name).build();
    run("create the partition " + name, client -> client.createPartition(request));
  }

  @Override
  public void dropPartition(String name) {
    schema.checkNamesPartitions();
    if (name.equals(DEFAULT_PARTITION)) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": the partition " + name + " is always there");
    }
    if (!partitions().contains(name)) {
      return;
    }
    // the server drops no partition that is in memory
    ReleasePartitionsReq release =
        ReleasePartitionsReq.builder()
            .collectionName(address)
            .partitionNames(List.of(name))
            .build();
    run("release the partition " + name, client -> client.releasePartitions(release));
    DropPartitionReq request =
        DropPartitionReq.builder().collectionName(address).partitionName(name).build();
    run("drop the partition " + name, client -> client.dropPartition(request));
  }

  @Override
  public List<String> partitions() {
    if (schema.partitionKey() != null) {
      return List.of();
    }
    ListPartitionsReq request = ListPartitionsReq.builder().collectionName(address).build();
    return call("list the partitions", client -> client.listPartitions(request)).stream()
        .sorted()
        .toList();
  }

  @Override
  public Map<String, Long> statistics() {
    if (schema.partitionKey() != null) {
      return Map.of(DEFAULT_PARTITION, count());
    }
    Map<String, Long> counts = new TreeMap<>();
    for (String partition : partitions()) {
      counts.put(partition, count("", List.of(partition)));
    }
    return Collections.unmodifiableMap(counts);
  }

  @Override
  public void release() {
    ReleaseCollectionReq request = ReleaseCollectionReq.builder().collectionName(address).build();
    run("release", client -> client.releaseCollection(request));
    released = true;
  }

  @Override
  public void load() {
    LoadCollectionReq request = LoadCollectionReq.builder().collectionName(address).build();
    run("load", client -> client.loadCollection(request));
    released = false;
  }

  @Override
  public boolean loaded() {
    GetLoadStateReq request = GetLoadStateReq.builder().collectionName(address).build();
    return call("ask for the state", client -> client.getLoadState(request));
  }

  /** Makes a call that needs the collection in the server's memory. */
  private <T> T reading(Supplier<T> call) {
    try {
      return call.get();
    } catch (StoreException e) {
      // the server's own word for it is the same while it starts
      if (released) {
        throw new IllegalStateException(
            "collection \"" + name() + "\" is released: load it before it is read", e);
      }
      throw e;
    }
  }

  @Override
  public void flush() {
    FlushReq request = FlushReq.builder().collectionNames(List.of(name())).build();
    run("flush", client -> client.flush(request));
  }

  private void run(String what, Consumer<MilvusClientV2> call) {
    call(
        what,
        client -> {
          call.accept(client);
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
