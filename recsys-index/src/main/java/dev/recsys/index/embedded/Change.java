package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one write does to the entities: for each key that it concerns, the entity that is there
 * afterwards, or null.
 *
 * @param partition where the entities are put
 */
record Change(Map<Object, @Nullable Entity> entities, String partition) {

  /** Puts entities into a partition; of two with one key the later is meant. */
  static Change put(List<Entity> batch, String partition) {
    Map<Object, @Nullable Entity> entities = new LinkedHashMap<>();
    batch.forEach(entity -> entities.put(entity.key(), entity));
    return new Change(entities, partition);
  }

  static Change remove(Collection<?> keys) {
    Map<Object, @Nullable Entity> entities = new LinkedHashMap<>();
    keys.forEach(key -> entities.put(key, null));
    return new Change(entities, Partitions.DEFAULT);
  }
}
