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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection over its entities in the database and its contents in memory.
 *
 * <p>A read-write lock keeps database and memory in step: a read sees both before or both after a
 * batch. It is taken before the lock of the database and after that of the store. Readers wait for
 * a step of {@link Following} at most.
 */
final class EmbeddedCollection implements VectorCollection {
  private static final int MAX_PARTITIONS = 1_024;

  private final Database database;
  private final BuildListener listener;
  private final Entities entities;

  /** Held while something is written; readers do not wait for it. */
  private final Lock writing = new ReentrantLock();

  /**
   * Held by readers, and by a writer for each step in which what it has committed is brought into
   * memory; fair, so that readers come in between.
   */
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

  /** Only its partitions ever change. */
  private volatile CollectionDescriptor descriptor;

  /** Null while the collection is released. */
  private volatile @Nullable Contents contents;

  private boolean dropped;

  private EmbeddedCollection(
      Database database, CollectionDescriptor descriptor, BuildListener listener) {
    this.database = database;
    this.descriptor = descriptor;
    this.listener = listener;
    this.entities = new Entities(database, descriptor.schema());
  }

  /** Opens the map of a collection's entities and builds what is kept of them in memory. */
  static EmbeddedCollection open(
      Database database, CollectionDescriptor descriptor, BuildListener listener) {
    EmbeddedCollection collection = new EmbeddedCollection(database, descriptor, listener);
    collection.load();
    return collection;
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
  public IndexParams indexParams(String field) {
    return descriptor.indexParams(field);
  }

  @Override
  public long upsert(List<Entity> batch) {
    return put(batch, Partitions.DEFAULT, checked -> {});
  }

  @Override
  public long insert(List<Entity> batch) {
    return put(batch, Partitions.DEFAULT, entities::checkNew);
  }

  @Override
  public long upsert(List<Entity> batch, String partition) {
    schema().checkNamesPartitions();
    return put(batch, partition, checked -> {});
  }

  @Override
  public long insert(List<Entity> batch, String partition) {
    schema().checkNamesPartitions();
    return put(batch, partition, entities::checkNew);
  }

  private long put(List<Entity> batch, String partition, Consumer<List<Entity>> check) {
    List<Entity> checked = batch.stream().map(e -> e.conformingTo(schema())).toList();
    write(
        () -> {
          checkPartitions(Set.of(partition));
          check.accept(checked);
          entities.put(checked, partition);
        },
        Change.put(checked, partition));
    return checked.size();
  }

  private void checkPartitions(Set<String> names) {
    if (names.isEmpty()) {
      return;
    }
    for (String name : names) {
      if (!partitionNames().contains(name)) {
        throw new IllegalArgumentException(
            "collection \""
                + name()
                + "\": no partition \""
                + name
                + "\"; it has "
                + partitionNames());
      }
    }
  }

  private List<String> partitionNames() {
    return Stream.concat(Stream.of(Partitions.DEFAULT), descriptor.partitions().stream())
        .sorted()
        .toList();
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
    write(() -> entities.remove(keys), Change.remove(keys));
    return keys.size();
  }

  @Override
  public long delete(Filter filter) {
    if (filter.everything()) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": a filter is needed to delete by, received the empty one");
    }
    return under(
        writing,
        () -> {
          Contents memory = memory();
          List<Object> keys =
              database.read(() -> memory.keys(memory.find(filter, Set.of()).rows()).toList());
          commit(() -> entities.remove(keys), Change.remove(keys));
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
    return read(memory -> once.stream().map(entities::get).filter(Objects::nonNull).toList());
  }

  @Override
  public List<Map<String, Object>> query(QueryRequest request) {
    QueryRequest checked = request.conformingTo(schema());
    Output output = new Output(schema(), checked.outputFields());
    return read(
        memory -> keys(checked, memory).map(key -> output.of(entities.present(key))).toList());
  }

  private Stream<Object> keys(QueryRequest request, Contents memory) {
    checkPartitions(request.partitions());
    boolean everything = request.filter().everything() && request.partitions().isEmpty();
    Stream<Object> all =
        everything
            ? entities.keys()
            : memory.keys(memory.find(request.filter(), request.partitions()).rows());
    return request.limit() == 0 ? all : all.skip(request.offset()).limit(request.limit());
  }

  @Override
  public long count() {
    return read(memory -> entities.size());
  }

  @Override
  public long count(Filter filter) {
    return filter.everything()
        ? count()
        : read(memory -> (long) memory.find(filter, Set.of()).size());
  }

  @Override
  public Map<String, Long> statistics() {
    return read(memory -> Collections.unmodifiableMap(memory.partitionCounts()));
  }

  @Override
  public List<Hit> search(SearchRequest request) {
    SearchRequest checked = request.conformingTo(this);
    return read(
        memory -> {
          checkPartitions(checked.partitions());
          return checked.answeredBy(each -> find(each, memory));
        });
  }

  private static List<Hit> find(SearchRequest request, Contents memory) {
    return new NearestSearch(memory, request).find(request.sharedVector());
  }

  @Override
  public List<List<Hit>> search(SearchRequest.Batch batch) {
    List<SearchRequest> checked =
        batch.resolvedIn(this).requests().stream()
            .map(request -> request.conformingTo(this))
            .toList();
    return read(
        memory -> {
          SearchRequest any = checked.get(0);
          checkPartitions(any.partitions());
          return any.groupBy() == null
              ? new NearestSearch(memory, any)
                  .findAll(checked.stream().map(SearchRequest::sharedVector).toList())
              : checked.stream().map(each -> each.answeredBy(one -> find(one, memory))).toList();
        });
  }

  @Override
  public void createPartition(String name) {
    schema().checkNamesPartitions();
    CollectionSchema.checkPartition(name);
    exclusively(
        () -> {
          List<String> names = partitionNames();
          if (names.contains(name) || names.size() == MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                "collection \""
                    + name()
                    + "\": partition \""
                    + name
                    + "\" is not created: "
                    + (names.contains(name) ? "it is there" : "there are " + names.size()));
          }
          List<String> more = new ArrayList<>(descriptor.partitions());
          more.add(name);
          describe(more, () -> {});
          inMemory(memory -> memory.createPartition(name));
          return true;
        });
  }

  @Override
  public void dropPartition(String name) {
    schema().checkNamesPartitions();
    if (name.equals(Partitions.DEFAULT)) {
      throw new IllegalArgumentException(
          "collection \"" + name() + "\": the partition " + name + " is always there");
    }
    exclusively(
        () -> {
          List<String> fewer = new ArrayList<>(descriptor.partitions());
          if (fewer.remove(name)) {
            List<Object> keys = database.read(() -> entities.keys(name));
            describe(fewer, () -> entities.remove(keys));
            inMemory(memory -> memory.dropPartition(name, keys));
            entities.publish();
          }
          return true;
        });
  }

  /** Writes which partitions there are, together with a change of the entities. */
  private void describe(List<String> partitions, Runnable change) {
    CollectionDescriptor next = descriptor.with(partitions);
    database.write(
        () -> {
          change.run();
          database.catalog().put(name(), next);
        });
    descriptor = next;
  }

  @Override
  public List<String> partitions() {
    return schema().partitionKey() == null
        ? under(lock.readLock(), () -> database.read(this::partitionNames))
        : List.of();
  }

  @Override
  public void release() {
    exclusively(
        () -> {
          inMemory(memory -> memory.keepIndexes(true));
          contents = null;
          return true;
        });
  }

  @Override
  public void load() {
    exclusively(
        () -> {
          if (contents == null) {
            contents = database.read(this::inMemory);
          }
          return true;
        });
  }

  private Contents inMemory() {
    Contents memory =
        new Contents(descriptor, entities, field -> database.sideFile(schema(), field));
    memory.load(listener);
    return memory;
  }

  @Override
  public boolean loaded() {
    return under(lock.readLock(), () -> database.read(() -> contents != null));
  }

  @Override
  public void flush() {
    keepIndexes(false);
    database.flush();
  }

  /** Writes each index to its file if that pays. */
  void keepIndexes(boolean closing) {
    under(
        lock.readLock(),
        () ->
            database.read(
                () -> {
                  inMemory(memory -> memory.keepIndexes(closing));
                  return true;
                }));
  }

  /** Runs the write that removes the collection, and refuses everything from then on. */
  void drop(Runnable removal) {
    exclusively(
        () -> {
          database.write(removal);
          dropped = true;
          return true;
        });
  }

  private <T> T read(Function<Contents, T> action) {
    Lock held = lock.readLock();
    held.lock();
    try {
      checkThere();
      return database.read(() -> action.apply(memory()));
    } finally {
      held.unlock();
    }
  }

  private Contents memory() {
    Contents memory = contents;
    if (memory == null) {
      throw new IllegalStateException(
          "collection \"" + name() + "\" is released: load it before it is read");
    }
    return memory;
  }

  private void inMemory(Consumer<Contents> action) {
    Contents memory = contents;
    if (memory != null) {
      action.accept(memory);
    }
  }

  /** Writes to the database and, once that is committed, to what is in memory. */
  private void write(Runnable toDatabase, Change change) {
    under(
        writing,
        () -> {
          commit(toDatabase, change);
          return true;
        });
  }

  /** Commits, with readers about, and brings memory after it step by step. */
  private void commit(Runnable toDatabase, Change change) {
    database.write(toDatabase);
    Contents memory = contents;
    if (memory == null) {
      entities.publish();
      return;
    }
    try {
      Following following = memory.follow(change);
      step(following::begin);
      boolean more = true;
      while (more) {
        more =
            following.advancesBesideReaders()
                ? following.advance()
                : under(lock.writeLock(), following::advance);
      }
      step(
          () -> {
            following.finish();
            entities.publish();
          });
    } catch (RuntimeException | Error e) {
      // it is committed, but nobody may read what is in memory by half
      contents = null;
      entities.publish();
      throw e;
    }
  }

  private void step(Runnable action) {
    under(
        lock.writeLock(),
        () -> {
          action.run();
          return true;
        });
  }

  /** Runs something while nobody else reads or writes. */
  private <T> T exclusively(Supplier<T> action) {
    return under(writing, () -> under(lock.writeLock(), action));
  }

  private <T> T under(Lock held, Supplier<T> action) {
    held.lock();
    try {
      checkThere();
      return action.get();
    } finally {
      held.unlock();
    }
  }

  private void checkThere() {
    if (dropped) {
      throw new DroppedException(name());
    }
  }
}
