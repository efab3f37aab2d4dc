package dev.recsys;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Lists;
import com.google.common.hash.Hashing;
import dev.recsys.features.Item;
import dev.recsys.index.Entity;
import dev.recsys.index.QueryRequest;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.index.schema.MetricType;
import dev.recsys.model.FusionModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What was put into a catalogue, or taken out of it, since models were trained: kept in a
 * collection of its own, beside those of the vectors, for every model of the schema. There is none
 * until the first change. Safe for many threads.
 */
final class CatalogueChanges {
  private static final String PREFIX = "catalogue_";
  private static final String ID = "id";
  private static final String VECTOR = "vector";
  private static final String VALUES = "attributes";
  private static final String REMOVED = "removed";
  private static final int BATCH = 1_000;

  /** A collection has a vector, whether it is wanted or not. */
  private static final float[] NO_VECTOR = {1, 0};

  private final VectorStore store;
  private final String schemaName;

  private final AtomicInteger version = new AtomicInteger();

  /** Replaced, not changed. */
  private volatile Map<Long, Change> changes = Map.of();

  /**
   * What has become of an id.
   *
   * @param item what was put in, null if nothing was
   * @param removed whether it was taken out since; a search that has found it still names it
   */
  private record Change(@Nullable Item item, boolean removed) {}

  /** Made for the first change: it takes a tenth of a second of a JVM that has just started. */
  private static final class Mapper {
    static final ObjectMapper JSON = new ObjectMapper();
    static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};
  }

  CatalogueChanges(VectorStore store, String schemaName) {
    this.store = store;
    this.schemaName = schemaName;
    refresh();
  }

  private String name() {
    return PREFIX
        + Hashing.sha256()
            .hashString(schemaName, StandardCharsets.UTF_8)
            .toString()
            .substring(0, 12);
  }

  /** Most stores have none, and the first SHA-256 takes a JVM ten milliseconds. */
  private boolean exists() {
    return store.list().stream().anyMatch(name -> name.startsWith(PREFIX)) && store.has(name());
  }

  /** Reads what others may have changed. */
  void refresh() {
    synchronized (store) {
      Map<Long, Change> read = new HashMap<>();
      if (exists()) {
        QueryRequest all = QueryRequest.all().outputFields(ID, VALUES, REMOVED);
        store
            .collection(name())
            .queryIterator(all, BATCH)
            .forEachRemaining(
                row -> {
                  long id = (Long) requireNonNull(row.get(ID));
                  Item item = item(id, String.valueOf(row.get(VALUES)));
                  read.put(id, new Change(item, Boolean.TRUE.equals(row.get(REMOVED))));
                });
      }
      set(read);
    }
  }

  private @Nullable Item item(long id, String attributes) {
    if (attributes.isEmpty()) {
      return null;
    }
    try {
      Item.Builder item = Item.builder(id);
      Mapper.JSON.readValue(attributes, Mapper.ATTRIBUTES).forEach(item::set);
      return item.build();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Reason.CORRUPT,
          name(),
          "collection \"%s\", entity %d: the attributes of an item were expected, not %s"
              .formatted(name(), id, attributes),
          e);
    }
  }

  /** Puts items in, over those with their ids. */
  void put(Collection<Item> items) {
    Map<Long, Change> more = new HashMap<>();
    items.forEach(item -> more.put(item.id(), new Change(item, false)));
    write(more);
  }

  /** Takes items out. */
  void remove(long[] ids) {
    Map<Long, Change> more = new HashMap<>();
    for (long id : ids) {
      more.put(id, new Change(item(id), true));
    }
    write(more);
  }

  private void write(Map<Long, Change> more) {
    if (more.isEmpty()) {
      return;
    }
    List<Entity> entities = new ArrayList<>();
    more.forEach(
        (id, change) ->
            entities.add(
                Entity.of(id, NO_VECTOR)
                    .with(VALUES, attributes(change.item()))
                    .with(REMOVED, change.removed())));
    synchronized (store) {
      String name = name();
      if (!store.has(name)) {
        store.create(
            CollectionSchema.builder(name)
                .primaryKey(ID, DataType.INT64)
                .vector(VECTOR, NO_VECTOR.length)
                .field(VALUES, DataType.VARCHAR)
                .field(REMOVED, DataType.BOOL)
                .build(),
            IndexParams.flat(MetricType.IP));
      }
      Lists.partition(entities, BATCH).forEach(store.collection(name)::upsert);
      Map<Long, Change> all = new HashMap<>(changes);
      all.putAll(more);
      set(all);
    }
  }

  private void set(Map<Long, Change> now) {
    if (!now.equals(changes)) {
      changes = now;
      version.incrementAndGet();
    }
  }

  private static String attributes(@Nullable Item item) {
    try {
      return item == null ? "" : Mapper.JSON.writeValueAsString(item.values());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("attributes that are no JSON: " + item, e);
    }
  }

  /** Returns the item that was put in under an id, perhaps taken out since; null if none was. */
  @Nullable Item item(long id) {
    Map<Long, Change> now = changes;
    Change change = now.isEmpty() ? null : now.get(id);
    return change == null ? null : change.item();
  }

  /** Returns a number that is another one after every change. */
  int version() {
    return version.get();
  }

  /** Returns whether a model's catalogue has an item now. */
  boolean has(FusionModel model, long id) {
    Change change = changes.get(id);
    return change == null ? model.hasItem(id) : !change.removed();
  }

  /** Returns the items of a model that are as they were, then those put in. */
  List<Item> applyTo(FusionModel model) {
    Map<Long, Change> now = changes;
    if (now.isEmpty()) {
      return model.items();
    }
    List<Item> items = new ArrayList<>();
    for (Item item : model.items()) {
      if (!now.containsKey(item.id())) {
        items.add(item);
      }
    }
    for (Change change : now.values()) {
      Item item = change.item();
      if (item != null && !change.removed()) {
        items.add(item);
      }
    }
    return items;
  }

  /** Returns how many items a model's catalogue has now. */
  long count(FusionModel model) {
    long count = model.items().size();
    for (Map.Entry<Long, Change> change : changes.entrySet()) {
      boolean known = model.hasItem(change.getKey());
      if (known == change.getValue().removed()) {
        count += known ? -1 : 1;
      }
    }
    return count;
  }
}
