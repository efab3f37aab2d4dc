package dev.recsys;

import dev.recsys.features.Attribute;
import dev.recsys.features.Item;
import dev.recsys.index.Entity;
import dev.recsys.index.VectorCollection;
import dev.recsys.index.VectorStore;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.IndexParams;
import dev.recsys.model.FusionModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The collection that holds one model's item vectors, named after the model's fingerprint. */
final class ItemCollection {
  private static final String PREFIX = "items_";
  private static final int BATCH = 1_000;

  private final FusionModel model;
  private final VectorStore store;
  private final IndexParams index;
  private final String name;

  ItemCollection(FusionModel model, VectorStore store, IndexParams index) {
    this.model = model;
    this.store = store;
    this.index = index;
    this.name = PREFIX + model.fingerprint();
  }

  /** Returns the collection, filled first if it is missing or a load did not finish. */
  VectorCollection ensureLoaded() {
    if (store.has(name)) {
      VectorCollection found = store.collection(name);
      if (found.count() == model.items().size()) {
        return found;
      }
    }
    return reload();
  }

  /** Fills the collection from the model, replacing what it held. */
  VectorCollection reload() {
    if (store.has(name)) {
      store.drop(name);
    }
    VectorCollection collection = store.create(schema(), index);
    List<Entity> batch = new ArrayList<>(BATCH);
    for (Item item : model.items()) {
      batch.add(entity(item));
      if (batch.size() == BATCH) {
        collection.upsert(batch);
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      collection.upsert(batch);
    }
    collection.flush();
    return collection;
  }

  /** Removes the collections of other models. */
  void dropOthers() {
    for (String other : store.list()) {
      if (other.startsWith(PREFIX) && !other.equals(name)) {
        store.drop(other);
      }
    }
  }

  private CollectionSchema schema() {
    CollectionSchema.Builder schema =
        CollectionSchema.builder(name)
            .primaryKey("id", DataType.INT64)
            .vector("vector", model.dimension());
    for (Attribute attribute : model.schema().itemAttributes()) {
      switch (attribute.kind()) {
        case CATEGORICAL, TEXT -> schema.field(attribute.name(), DataType.VARCHAR);
        case MULTI_VALUED -> schema.arrayField(attribute.name(), DataType.VARCHAR);
        case NUMERIC -> schema.field(attribute.name(), DataType.DOUBLE);
      }
    }
    return schema.build();
  }

  private Entity entity(Item item) {
    Entity entity = Entity.of(item.id(), model.itemVector(item.id()));
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
