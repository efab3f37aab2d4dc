package dev.recsys;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Lists;
import dev.recsys.features.Attribute;
import dev.recsys.features.FeatureSchema;
import dev.recsys.features.Item;
import dev.recsys.index.Entity;
import dev.recsys.index.StoreException;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.model.FusionModel;
import dev.recsys.model.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The collection that holds the vectors of a model's items, as its catalogue is now, of one
 * objective, named after the model's fingerprint.
 *
 * <p>Every field of a collection has a value: a missing text is "", a missing list is empty, a
 * missing number is 0.
 *
 * <p>Filling and removing hold the monitor of the store, so that threads of one JVM do not take
 * each other's half-filled collections away.
 */
final class ItemCollection {
  private static final String PREFIX = "items_";
  private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]{12}");
  private static final String ID = "id";
  private static final String VECTOR = "vector";
  private static final int BATCH = 1_000;

  private final FusionModel model;
  private final VectorStore store;
  private final IndexParams index;
  private final CatalogueChanges changes;
  private final String name;
  private final CollectionSchema schema;

  /**
   * Prepares the collection; nothing is written yet.
   *
   * @throws IllegalArgumentException if an attribute of the model's items cannot be a field
   */
  ItemCollection(
      FusionModel model, VectorStore store, IndexParams index, CatalogueChanges changes) {
    this.changes = changes;
    this.model = model;
    this.store = store;
    this.index = index;
    this.name = PREFIX + model.fingerprint();
    this.schema = schema(name, model.dimension(), model.schema());
  }

  /** Returns the collection, filled first if it is missing or a load did not finish. */
  VectorCollection ensureLoaded() {
    synchronized (store) {
      if (store.has(name)) {
        VectorCollection found = store.collection(name);
        if (found.count() == changes.count(model)) {
          return found;
        }
      }
      return reload();
    }
  }

  /**
   * Fills the collection from the model, over what is there: whoever searches it goes on. It is
   * made anew if it is damaged, of another schema or index, or holds what is not the model's.
   */
  VectorCollection reload() {
    synchronized (store) {
      VectorCollection found = reusable();
      if (found != null) {
        fill(found);
        if (found.count() == changes.count(model)) {
          return found;
        }
      }
      store.drop(name);
      VectorCollection made = store.create(schema, index);
      fill(made);
      return made;
    }
  }

  /** Makes the collection, of some of the items. */
  VectorCollection create(List<Item> some) {
    VectorCollection made = store.create(schema, index);
    upsert(made, some, () -> {});
    return made;
  }

  private @Nullable VectorCollection reusable() {
    if (!store.has(name)) {
      return null;
    }
    try {
      VectorCollection found = store.collection(name);
      return found.schema().equals(schema) && found.indexParams().equals(index) ? found : null;
    } catch (StoreException e) {
      if (e.reason() == StoreException.Reason.CORRUPT) {
        return null;
      }
      throw e;
    }
  }

  private void fill(VectorCollection collection) {
    upsert(collection, changes.applyTo(model), () -> {});
    collection.flush();
  }

  /**
   * Puts items into the collection.
   *
   * @param accepted called when it is known that all of them can be
   * @throws IllegalArgumentException if one cannot
   */
  void upsert(VectorCollection collection, List<Item> items, Runnable accepted) {
    List<Entity> entities = new ArrayList<>(items.size());
    List<Item> added = items.stream().filter(item -> !model.hasItem(item.id())).toList();
    Iterator<float[]> vectors = model.encode(added).iterator();
    for (Item item : items) {
      boolean known = model.hasItem(item.id());
      if (known && !item.equals(model.item(item.id()))) {
        model.encoder().encode(item); // for what it refuses
      }
      entities.add(entity(item, known ? model.itemVector(item.id()) : vectors.next()));
    }
    accepted.run();
    Lists.partition(entities, BATCH).forEach(collection::upsert);
  }

  /** Returns whether the other one is the same collection. */
  boolean sameAs(ItemCollection other) {
    return name.equals(other.name);
  }

  /** Removes the collection, if it is there. */
  void drop() {
    synchronized (store) {
      store.drop(name);
    }
  }

  /**
   * Removes the collections of other models: those with a name that this class would give. The
   * model's other objective is not another model.
   */
  void dropOthers() {
    Set<String> own = new HashSet<>();
    for (Objective objective : model.objectives()) {
      own.add(PREFIX + model.rankingBy(objective).fingerprint());
    }
    synchronized (store) {
      for (String other : store.list()) {
        if (NAME.matcher(other).matches() && !own.contains(other)) {
          store.drop(other);
        }
      }
    }
  }

  /**
   * Returns the schema of a collection: the id, the vector, and a field for each attribute of
   * items.
   *
   * @throws IllegalArgumentException naming the first attribute that cannot be a field, and why
   */
  static CollectionSchema schema(String name, int dimension, FeatureSchema features) {
    CollectionSchema.Builder schema =
        CollectionSchema.builder(name).primaryKey(ID, DataType.INT64).vector(VECTOR, dimension);
    for (Attribute attribute : features.itemAttributes()) {
      try {
        schema.add(field(attribute));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "schema \"%s\": item attribute \"%s\" cannot be a field of a collection: %s"
                .formatted(features.name(), attribute.name(), e.getMessage()),
            e);
      }
    }
    return schema.build();
  }

  private static FieldSchema field(Attribute attribute) {
    String name = attribute.name();
    checkArgument(
        !name.equals(ID) && !name.equals(VECTOR),
        "\"%s\" and \"%s\" are fields of every collection",
        ID,
        VECTOR);
    return switch (attribute.kind()) {
      case CATEGORICAL, TEXT -> FieldSchema.scalar(name, DataType.VARCHAR);
      case MULTI_VALUED -> FieldSchema.array(name, DataType.VARCHAR);
      case NUMERIC -> FieldSchema.scalar(name, DataType.DOUBLE);
    };
  }

  private Entity entity(Item item, float[] vector) {
    Entity entity = Entity.of(item.id(), vector);
    for (Attribute attribute : model.schema().itemAttributes()) {
      entity = entity.with(attribute.name(), value(attribute, item.get(attribute.name())));
    }
    return entity;
  }

  private static Object value(Attribute attribute, @Nullable Object value) {
    return switch (attribute.kind()) {
      case CATEGORICAL, TEXT -> value == null ? "" : value.toString();
      case MULTI_VALUED -> value == null ? List.of() : value;
      case NUMERIC -> value == null ? 0.0 : ((Number) value).doubleValue();
    };
  }
}
