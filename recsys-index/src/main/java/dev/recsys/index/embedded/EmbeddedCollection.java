package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.AutoIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.HnswlibIndex;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * A collection over a map of entities and an index of their vectors.
 *
 * <p>A read-write lock keeps the two in step: a search sees both before or both after a batch. It
 * is taken before the lock of the database and after that of the store.
 */
final class EmbeddedCollection implements VectorCollection {
  private final Database database;
  private final CollectionDescriptor descriptor;
  private final MVMap<Long, Entity> entities;
  private final AnnIndex index;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean dropped;

  private EmbeddedCollection(
      Database database, CollectionDescriptor descriptor, MVMap<Long, Entity> entities) {
    this.database = database;
    this.descriptor = descriptor;
    this.entities = entities;
    this.index = emptyIndex();
  }

  /** Opens the map of a collection's entities and builds the index of what is in it. */
  static EmbeddedCollection open(Database database, CollectionDescriptor descriptor) {
    MVMap<Long, Entity> entities = database.entities(descriptor.schema());
    EmbeddedCollection collection = new EmbeddedCollection(database, descriptor, entities);
    database.read(
        () -> {
          collection.load();
          return true;
        });
    return collection;
  }

  /**
   * Fills the index; the keys of the map have no checksum, but each entity has its own id in it.
   */
  private void load() {
    Cursor<Long, Entity> cursor = entities.cursor(null);
    while (cursor.hasNext()) {
      long key = cursor.next();
      Entity entity = cursor.getValue();
      if (entity.id() != key || index.contains(key)) {
        throw damaged("entity " + entity.id() + " stands under the key " + key);
      }
      if (!entities.containsKey(key)) {
        throw damaged("entity " + key + " is not found by its key");
      }
      index.add(key, entity.vector());
    }
    if (index.size() != entities.sizeAsLong()) {
      throw damaged(index.size() + " entities of " + entities.sizeAsLong() + " are there");
    }
  }

  private StoreException damaged(String why) {
    return new StoreException(
        StoreException.Reason.CORRUPT, name(), "collection \"" + name() + "\": " + why, null);
  }

  private AnnIndex emptyIndex() {
    IndexParams params = indexParams();
    int dimension = schema().vector().dimension();
    return switch (params.type()) {
      case FLAT -> ExactIndex.builder(dimension, params.metric()).build();
      case HNSW ->
          HnswIndex.builder(dimension, params.metric())
              .m(params.m())
              .efConstruction(params.efConstruction())
              .build();
      case AUTOINDEX ->
          AutoIndex.builder(dimension, params.metric())
              .m(params.m())
              .efConstruction(params.efConstruction())
              .build();
      case HNSWLIB ->
          HnswlibIndex.builder(dimension, params.metric())
              .m(params.m())
              .efConstruction(params.efConstruction())
              .build();
    };
  }

  @Override
  public String name() {
    return schema().name();
  }

  @Override
  public CollectionSchema schema() {
    return descriptor.schema();
  }

  @Override
  public IndexParams indexParams() {
    return descriptor.indexParams();
  }

  @Override
  public long upsert(List<Entity> batch) {
    List<Entity> checked = batch.stream().map(e -> e.conformingTo(schema())).toList();
    write(
        () -> checked.forEach(e -> entities.put(e.id(), e)),
        () -> checked.forEach(e -> index.add(e.id(), e.vector())));
    return checked.size();
  }

  @Override
  public long delete(long... ids) {
    long[] copy = ids.clone();
    write(
        () -> {
          for (long id : copy) {
            entities.remove(id);
          }
        },
        () -> {
          for (long id : copy) {
            index.remove(id);
          }
        });
    return copy.length;
  }

  @Override
  public List<Entity> get(long... ids) {
    return read(
        () -> {
          Map<Long, Entity> found = new LinkedHashMap<>();
          for (long id : ids) {
            Entity entity = entities.get(id);
            if (entity != null) {
              found.put(id, entity);
            }
          }
          return List.copyOf(found.values());
        });
  }

  @Override
  public long count() {
    return read(entities::sizeAsLong);
  }

  @Override
  public List<Hit> search(SearchRequest request) {
    SearchRequest checked = request.conformingTo(schema());
    return read(() -> find(checked));
  }

  @Override
  public List<List<Hit>> search(SearchRequest.Batch batch) {
    List<SearchRequest> checked =
        batch.requests().stream().map(request -> request.conformingTo(schema())).toList();
    return read(() -> findAll(checked));
  }

  /** Finds for requests that differ in nothing but the vector. */
  private List<List<Hit>> findAll(List<SearchRequest> requests) {
    SearchRequest any = requests.get(0);
    float[][] vectors = requests.stream().map(SearchRequest::vector).toArray(float[][]::new);
    return index.searchAll(vectors, any.limit(), any.ef(), any.accepted()).stream()
        .map(result -> hits(result, any.outputFields()))
        .toList();
  }

  private List<Hit> find(SearchRequest request) {
    SearchResult result =
        index.search(request.vector(), request.limit(), request.ef(), request.accepted());
    return hits(result, request.outputFields());
  }

  private List<Hit> hits(SearchResult result, List<String> outputFields) {
    List<Hit> hits = new ArrayList<>(result.size());
    for (int i = 0; i < result.size(); i++) {
      long id = result.id(i);
      hits.add(new Hit(id, result.score(i), output(id, outputFields)));
    }
    return List.copyOf(hits);
  }

  private Map<String, Object> output(long id, List<String> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    // the lock keeps index and entities in step
    Entity entity = Objects.requireNonNull(entities.get(id));
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : names) {
      values.put(name, value(entity, name));
    }
    return values;
  }

  private Object value(Entity entity, String name) {
    if (name.equals(schema().primaryKey().name())) {
      return entity.id();
    }
    Object value = entity.fields().get(name);
    return value == null ? entity.vector() : value;
  }

  @Override
  public void flush() {
    read(() -> true);
    database.flush();
  }

  /** Runs the write that removes the collection, and refuses everything from then on. */
  void drop(Runnable removal) {
    write(removal, () -> dropped = true);
  }

  private <T> T read(Supplier<T> action) {
    return under(lock.readLock(), () -> database.read(action));
  }

  /** Writes to the database and, once that is committed, to what is in memory. */
  private void write(Runnable toDatabase, Runnable toMemory) {
    under(
        lock.writeLock(),
        () -> {
          database.write(toDatabase);
          toMemory.run();
          return true;
        });
  }

  private <T> T under(Lock held, Supplier<T> action) {
    held.lock();
    try {
      if (dropped) {
        throw new IllegalStateException("collection \"" + name() + "\" was dropped");
      }
      return action.get();
    } finally {
      held.unlock();
    }
  }
}
