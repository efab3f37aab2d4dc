package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.Hit;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.IndexParams;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whatever collection an alias stands for at each call. */
final class AliasedCollection implements VectorCollection {
  private final Supplier<EmbeddedCollection> target;

  /** Makes a collection of what looks up the alias. */
  AliasedCollection(Supplier<EmbeddedCollection> target) {
    this.target = target;
  }

  private void run(Consumer<VectorCollection> action) {
    call(
        collection -> {
          action.accept(collection);
          return true;
        });
  }

  private <T> T call(Function<VectorCollection, T> call) {
    EmbeddedCollection current = target.get();
    while (true) {
      try {
        return call.apply(current);
      } catch (DroppedException e) {
        // the alias was moved, and the old collection dropped, since it was looked up
        EmbeddedCollection next = target.get();
        if (next == current) {
          throw e;
        }
        current = next;
      }
    }
  }

  @Override
  public String name() {
    return target.get().name();
  }

  @Override
  public CollectionSchema schema() {
    return target.get().schema();
  }

  @Override
  public IndexParams indexParams(String field) {
    return target.get().indexParams(field);
  }

  @Override
  public long upsert(List<Entity> entities) {
    return call(collection -> collection.upsert(entities));
  }

  @Override
  public long insert(List<Entity> entities) {
    return call(collection -> collection.insert(entities));
  }

  @Override
  public long upsert(List<Entity> entities, String partition) {
    return call(collection -> collection.upsert(entities, partition));
  }

  @Override
  public long insert(List<Entity> entities, String partition) {
    return call(collection -> collection.insert(entities, partition));
  }

  @Override
  public long delete(long... ids) {
    return call(collection -> collection.delete(ids));
  }

  @Override
  public long delete(Collection<String> keys) {
    return call(collection -> collection.delete(keys));
  }

  @Override
  public long delete(Filter filter) {
    return call(collection -> collection.delete(filter));
  }

  @Override
  public List<Entity> get(long... ids) {
    return call(collection -> collection.get(ids));
  }

  @Override
  public List<Entity> get(Collection<String> keys) {
    return call(collection -> collection.get(keys));
  }

  @Override
  public List<Map<String, Object>> query(QueryRequest request) {
    return call(collection -> collection.query(request));
  }

  @Override
  public long count() {
    return call(VectorCollection::count);
  }

  @Override
  public long count(Filter filter) {
    return call(collection -> collection.count(filter));
  }

  @Override
  public List<Hit> search(SearchRequest request) {
    return call(collection -> collection.search(request));
  }

  @Override
  public List<List<Hit>> search(SearchRequest.Batch batch) {
    return call(collection -> collection.search(batch));
  }

  @Override
  public void flush() {
    run(VectorCollection::flush);
  }

  @Override
  public void createPartition(String name) {
    run(collection -> collection.createPartition(name));
  }

  @Override
  public void dropPartition(String name) {
    run(collection -> collection.dropPartition(name));
  }

  @Override
  public List<String> partitions() {
    return call(VectorCollection::partitions);
  }

  @Override
  public Map<String, Long> statistics() {
    return call(VectorCollection::statistics);
  }

  @Override
  public void release() {
    run(VectorCollection::release);
  }

  @Override
  public void load() {
    run(VectorCollection::load);
  }

  @Override
  public boolean loaded() {
    return call(VectorCollection::loaded);
  }
}
