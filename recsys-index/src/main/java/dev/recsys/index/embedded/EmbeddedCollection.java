package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A collection over its contents.
 *
 * <p>A read-write lock keeps database and memory in step: a read sees both before or both after a
 * batch. It is taken before the lock of the database and after that of the store.
 */
final class EmbeddedCollection implements VectorCollection {
  private final Database database;
  private final CollectionDescriptor descriptor;
  private final Contents contents;
  private final FilterCache filters;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean dropped;

  private EmbeddedCollection(
      Database database, CollectionDescriptor descriptor, Contents contents) {
    this.database = database;
    this.descriptor = descriptor;
    this.contents = contents;
    this.filters = new FilterCache(descriptor.schema());
  }

  /** Opens the map of a collection's entities and builds what is kept of them in memory. */
  static EmbeddedCollection open(
      Database database, CollectionDescriptor descriptor, BuildListener listener) {
    Contents contents =
        new Contents(
            descriptor,
            database.entities(descriptor.schema()),
            database.sideFile(descriptor.schema().name()));
    database.read(
        () -> {
          contents.load(listener);
          return true;
        });
    return new EmbeddedCollection(database, descriptor, contents);
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
    write(() -> contents.store(checked), () -> contents.keep(checked));
    return checked.size();
  }

  @Override
  public long insert(List<Entity> batch) {
    List<Entity> checked = batch.stream().map(e -> e.conformingTo(schema())).toList();
    write(
        () -> {
          contents.checkNew(checked);
          contents.store(checked);
        },
        () -> contents.keep(checked));
    return checked.size();
  }

  @Override
  public long delete(long... ids) {
    schema().checkKeyType(DataType.INT64);
    return remove(LongStream.of(ids).boxed().toList());
  }

  @Override
  public long delete(Collection<String> keys) {
    schema().checkKeyType(DataType.VARCHAR);
    return remove(List.copyOf(keys));
  }

  private long remove(List<?> keys) {
    write(() -> contents.erase(keys), () -> contents.forget(keys));
    return keys.size();
  }

  @Override
  public long delete(Filter filter) {
    if (filter.everything()) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": a filter is needed to delete by, received the empty one");
    }
    return under(
        lock.writeLock(),
        () -> {
          List<Object> keys = contents.keys(filters.find(filter, contents).rows()).toList();
          database.write(() -> contents.erase(keys));
          contents.forget(keys);
          return (long) keys.size();
        });
  }

  @Override
  public List<Entity> get(long... ids) {
    schema().checkKeyType(DataType.INT64);
    return entities(LongStream.of(ids).boxed().toList());
  }

  @Override
  public List<Entity> get(Collection<String> keys) {
    schema().checkKeyType(DataType.VARCHAR);
    return entities(List.copyOf(keys));
  }

  private List<Entity> entities(List<?> keys) {
    Set<Object> once = new LinkedHashSet<>(keys);
    return read(() -> once.stream().map(contents::entity).filter(Objects::nonNull).toList());
  }

  @Override
  public List<Map<String, Object>> query(QueryRequest request) {
    QueryRequest checked = request.conformingTo(schema());
    Output output = new Output(schema(), checked.outputFields());
    return read(() -> keys(checked).map(key -> output.of(contents.present(key))).toList());
  }

  private Stream<Object> keys(QueryRequest request) {
    Stream<Object> all =
        request.filter().everything()
            ? contents.keys()
            : contents.keys(filters.find(request.filter(), contents).rows());
    return request.limit() == 0 ? all : all.skip(request.offset()).limit(request.limit());
  }

  @Override
  public long count() {
    return read(contents::size);
  }

  @Override
  public long count(Filter filter) {
    return filter.everything() ? count() : read(() -> (long) filters.find(filter, contents).size());
  }

  @Override
  public List<Hit> search(SearchRequest request) {
    SearchRequest checked = request.conformingTo(schema(), indexParams().metric());
    return read(() -> checked.answeredBy(this::find));
  }

  private List<Hit> find(SearchRequest request) {
    return new NearestSearch(contents, filters, request).find(request.vector());
  }

  @Override
  public List<List<Hit>> search(SearchRequest.Batch batch) {
    List<SearchRequest> checked =
        batch.resolvedIn(this).requests().stream()
            .map(request -> request.conformingTo(schema(), indexParams().metric()))
            .toList();
    if (checked.get(0).groupBy() != null) {
      return read(() -> checked.stream().map(each -> each.answeredBy(this::find)).toList());
    }
    List<float[]> vectors = checked.stream().map(SearchRequest::vector).toList();
    return read(() -> new NearestSearch(contents, filters, checked.get(0)).findAll(vectors));
  }

  @Override
  public void flush() {
    keepIndex(false);
    database.flush();
  }

  /** Writes the index to its file if that pays. */
  void keepIndex(boolean closing) {
    read(
        () -> {
          contents.keepIndex(closing);
          return true;
        });
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
        throw new DroppedException(name());
      }
      return action.get();
    } finally {
      held.unlock();
    }
  }
}
