package dev.recsys.index.milvus;

import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.request.RenameCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.index.response.DescribeIndexResp;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collections on a Milvus server, 2.3 or newer, for catalogues that outgrow one machine.
 *
 * <p>Reads are strongly consistent unless a request says otherwise: they see every write that has
 * returned before. A batch of entities that is too large for one message is written in several,
 * which readers may see one by one. A server that does not answer is reported within the timeouts
 * of the options, by a {@link dev.recsys.index.StoreUnavailableException}; the store connects again
 * by itself. Indexes are FLAT, HNSW, IVF_FLAT or AUTOINDEX; building and loading them is waited
 * for.
 */
public final class MilvusVectorStore implements VectorStore {
  private final Connection connection;
  private final Map<String, MilvusCollection> opened = new ConcurrentHashMap<>();

  private MilvusVectorStore(Connection connection) {
    this.connection = connection;
  }

  /** Connects as {@link #connect(String, MilvusOptions)} does, with the default options. */
  public static MilvusVectorStore connect(String uri) {
    return connect(uri, MilvusOptions.defaults());
  }

  /**
   * Connects to a server.
   *
   * @param uri such as {@code http://localhost:19530}
   * @throws IllegalArgumentException if this is not the address of a server
   * @throws dev.recsys.index.StoreUnavailableException if it does not answer
   */
  public static MilvusVectorStore connect(String uri, MilvusOptions options) {
    Connection connection = new Connection(ServerUri.check(uri), options);
    try {
      connection.run(null, "connect", client -> {});
      return new MilvusVectorStore(connection);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public VectorCollection create(CollectionSchema schema, Map<String, IndexParams> indexParams) {
    schema.checkIndexed(indexParams.keySet());
    List<IndexParam> indexes = new ArrayList<>();
    indexParams.forEach((field, each) -> indexes.add(SchemaTranslation.toMilvus(field, each)));
    if (!ServerVersion.anyTakes(schema)) {
      connection
          .call(null, "ask for the version", client -> ServerVersion.of(client.getServerVersion()))
          .check(schema);
    }
    if (has(schema.name())) {
      throw new IllegalArgumentException(
          "a collection or alias \"" + schema.name() + "\" exists already");
    }
    CreateCollectionReq request =
        CreateCollectionReq.builder()
            .collectionName(schema.name())
            .collectionSchema(SchemaTranslation.toMilvus(schema))
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build();
    connection.run(schema.name(), "create", client -> client.createCollection(request));
    try {
      load(schema.name(), indexes);
    } catch (RuntimeException e) {
      // a collection without an index would look like one that can be searched
      dropQuietly(schema.name(), e);
      throw e;
    }
    return open(schema, Map.copyOf(indexParams));
  }

  private void load(String name, List<IndexParam> indexes) {
    CreateIndexReq request =
        CreateIndexReq.builder().collectionName(name).indexParams(indexes).build();
    connection.run(name, "create the index", client -> client.createIndex(request));
    LoadCollectionReq load = LoadCollectionReq.builder().collectionName(name).build();
    connection.run(name, "load", client -> client.loadCollection(load));
  }

  private void dropQuietly(String name, RuntimeException cause) {
    try {
      dropOnServer(name);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private MilvusCollection open(CollectionSchema schema, Map<String, IndexParams> indexParams) {
    MilvusCollection collection =
        new MilvusCollection(connection, schema.name(), schema, indexParams);
    MilvusCollection before = opened.put(schema.name(), collection);
    if (before != null) {
      before.drop();
    }
    return collection;
  }

  @Override
  public VectorCollection collection(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException("no collection \"" + name + "\"; the store has " + list());
    }
    MilvusCollection known = opened.get(name);
    return known != null ? known : describe(name);
  }

  private MilvusCollection describe(String address) {
    DescribeCollectionResp found = description(address);
    String name = named(address);
    CollectionSchema schema = SchemaTranslation.fromMilvus(name, found.getCollectionSchema());
    Map<String, IndexParams> params = new HashMap<>();
    for (FieldSchema field : schema.vectors()) {
      params.put(field.name(), indexParams(name, field.name()));
    }
    // what goes by an alias is not kept: it may stand for another collection the next time
    return name.equals(address)
        ? open(schema, params)
        : new MilvusCollection(connection, address, schema, params);
  }

  /** Returns the name of a collection, or of the one that an alias stands for. */
  private String named(String address) {
    if (list().contains(address)) {
      return address;
    }
    DescribeAliasReq request = DescribeAliasReq.builder().alias(address).build();
    return connection.call(
        null, "look up an alias", client -> client.describeAlias(request).getCollectionName());
  }

  private DescribeCollectionResp description(String name) {
    DescribeCollectionReq request = DescribeCollectionReq.builder().collectionName(name).build();
    return connection.call(name, "describe", client -> client.describeCollection(request));
  }

  private IndexParams indexParams(String name, String field) {
    DescribeIndexReq request =
        DescribeIndexReq.builder().collectionName(name).fieldName(field).build();
    DescribeIndexResp found =
        connection.call(name, "describe the index", client -> client.describeIndex(request));
    return SchemaTranslation.fromMilvus(name, found.getIndexDescByFieldName(field));
  }

  @Override
  public boolean has(String name) {
    HasCollectionReq request = HasCollectionReq.builder().collectionName(name).build();
    return connection.call(name, "ask for", client -> client.hasCollection(request));
  }

  @Override
  public List<String> list() {
    return connection.call(
        null,
        "list the collections",
        client -> client.listCollections().getCollectionNames().stream().sorted().toList());
  }

  @Override
  public void rename(String collection, String name) {
    CollectionSchema.checkAlias(name);
    if (!list().contains(collection) || has(name)) {
      throw new IllegalArgumentException(
          "\""
              + collection
              + "\" is not renamed to \""
              + name
              + "\"; there are "
              + list()
              + " and the aliases "
              + aliases());
    }
    RenameCollectionReq request =
        RenameCollectionReq.builder().collectionName(collection).newCollectionName(name).build();
    connection.run(collection, "rename to " + name, client -> client.renameCollection(request));
    forget(collection);
  }

  private void forget(String name) {
    MilvusCollection known = opened.remove(name);
    if (known != null) {
      known.drop();
    }
  }

  @Override
  public void alias(String alias, String collection) {
    CollectionSchema.checkAlias(alias);
    String name = collection(collection).name();
    if (list().contains(alias)) {
      throw new IllegalArgumentException(
          "\"" + alias + "\" is a collection, it cannot be an alias");
    }
    if (!has(alias)) {
      CreateAliasReq request = CreateAliasReq.builder().alias(alias).collectionName(name).build();
      connection.run(name, "create the alias " + alias, client -> client.createAlias(request));
    } else {
      AlterAliasReq request = AlterAliasReq.builder().alias(alias).collectionName(name).build();
      connection.run(name, "alter the alias " + alias, client -> client.alterAlias(request));
    }
  }

  @Override
  public void dropAlias(String alias) {
    if (has(alias) && !list().contains(alias)) {
      DropAliasReq request = DropAliasReq.builder().alias(alias).build();
      connection.run(null, "drop the alias " + alias, client -> client.dropAlias(request));
    }
  }

  @Override
  public Map<String, String> aliases() {
    Map<String, String> aliases = new TreeMap<>();
    for (String name : list()) {
      aliasesOf(name).forEach(alias -> aliases.put(alias, name));
    }
    return Collections.unmodifiableMap(aliases);
  }

  private List<String> aliasesOf(String collection) {
    ListAliasesReq request = ListAliasesReq.builder().collectionName(collection).build();
    return connection.call(
        collection, "list the aliases", client -> client.listAliases(request).getAlias());
  }

  @Override
  public void drop(String name) {
    if (has(name)) {
      String collection = named(name);
      List<String> aliases = aliasesOf(collection);
      if (!aliases.isEmpty()) {
        throw new IllegalArgumentException(
            "\""
                + name
                + "\" is not dropped: "
                + aliases
                + " are aliases of \""
                + collection
                + "\"");
      }
      dropOnServer(name);
    }
    forget(name);
  }

  private void dropOnServer(String name) {
    DropCollectionReq request = DropCollectionReq.builder().collectionName(name).build();
    connection.run(name, "drop", client -> client.dropCollection(request));
  }

  @Override
  public void close() {
    connection.close();
  }
}
