package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a collection, one for each of its vector fields. A vector has the same id in each.
 */
final class VectorIndexes {
  private final CollectionSchema schema;
  private final Map<String, KeptIndex> kept = new LinkedHashMap<>();

  /**
   * Makes the indexes as they are found in their files, or empty.
   *
   * @param files where the index of a field may be, null where it is not kept
   */
  VectorIndexes(CollectionDescriptor descriptor, Function<FieldSchema, @Nullable SideFile> files) {
    this.schema = descriptor.schema();
    for (FieldSchema field : schema.vectors()) {
      kept.put(
          field.name(),
          new KeptIndex(
              field.dimension(), descriptor.indexParams(field.name()), files.apply(field)));
    }
  }

  /** Returns the index of a vector field. */
  AnnIndex of(String field) {
    return Objects.requireNonNull(kept.get(field)).index();
  }

  /** Makes sure that the vectors of an entity are there. */
  void bringUp(long id, Entity entity) {
    each((field, index) -> index.bringUp(id, entity.vector(schema, field)));
  }

  /** Puts the vectors of an entity in the place of those that it had. */
  void put(long id, Entity entity) {
    each((field, index) -> index.put(id, entity.vector(schema, field)));
  }

  /** Takes the vectors of an entity out. */
  void remove(long id) {
    each((field, index) -> index.remove(id));
  }

  /** Removes what the files had and is not there any more. */
  void retain(LongPredicate there) {
    each((field, index) -> index.retain(there));
  }

  /** Writes those files that are worth it; nobody may write to the indexes meanwhile. */
  void write(boolean closing) {
    each((field, index) -> index.write(closing));
  }

  private void each(BiConsumer<String, KeptIndex> action) {
    kept.forEach(action);
  }
}
