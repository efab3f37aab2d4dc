package dev.recsys.index.embedded;

import dev.recsys.index.Entity;
import dev.recsys.index.ann.AnnIndex;
import dev.recsys.index.ann.ExactIndex;
import dev.recsys.index.ann.HnswIndex;
import dev.recsys.index.ann.IdSet;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.index.schema.CollectionSchema;
import dev.recsys.index.schema.FieldSchema;
import dev.recsys.index.schema.MetricType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of a collection, one for each of its vector fields. A vector has the same id in each.
 *
 * <p>Not safe for threads by itself, as {@link Contents} says.
 */
final class VectorIndexes {
  private final CollectionSchema schema;
  private final Map<String, KeptIndex> kept = new LinkedHashMap<>();

  /** By field, empty where searches find what is in the indexes. */
  private Map<String, Overlay> overlays = Map.of();

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

  private AnnIndex index(String field) {
    return Objects.requireNonNull(kept.get(field)).index();
  }

  /** Returns whether an index may be written to while it is searched, by {@link #put} only. */
  boolean writtenBesideSearches() {
    return kept.values().stream().allMatch(each -> each.index() instanceof HnswIndex);
  }

  MetricType metric(String field) {
    return index(field).metric();
  }

  /** Returns how many vectors of a field searches look at. */
  int size(String field) {
    Overlay overlay = overlays.get(field);
    return overlay == null ? index(field).size() : overlay.size();
  }

  /** As {@link AnnIndex#search}. */
  SearchResult search(String field, float[] query, int k, int ef, @Nullable LongPredicate accept) {
    Overlay overlay = overlays.get(field);
    return overlay == null
        ? index(field).search(query, k, ef, accept)
        : overlay.search(index(field), query, k, ef, accept);
  }

  /** As {@link AnnIndex#searchAll}. */
  List<SearchResult> searchAll(
      String field, float[][] queries, int k, int ef, @Nullable LongPredicate accept) {
    return overlays.isEmpty()
        ? index(field).searchAll(queries, k, ef, accept)
        : Arrays.stream(queries).map(query -> search(field, query, k, ef, accept)).toList();
  }

  /**
   * Returns what lets searches find what there is now while ids are written to. Changes nothing.
   *
   * @param before the entities that are there now, by id
   */
  Map<String, Overlay> overlays(IdSet ids, Map<Long, Entity> before) {
    Map<String, Overlay> made = new LinkedHashMap<>();
    for (FieldSchema field : schema.vectors()) {
      String name = field.name();
      ExactIndex vectors = ExactIndex.builder(field.dimension(), metric(name)).build();
      before.forEach((id, entity) -> vectors.add(id, entity.vector(schema, name)));
      made.put(name, new Overlay(ids, vectors, index(name).size()));
    }
    return made;
  }

  /** Lays overlays over the indexes, or takes them away where there are none. */
  void lay(Map<String, Overlay> overlays) {
    this.overlays = overlays;
  }

  /** Makes sure that the vectors of an entity are there. */
  void bringUp(long id, Entity entity) {
    kept.forEach((field, index) -> index.bringUp(id, entity.vector(schema, field)));
  }

  /** Puts the vectors of an entity in the place of those that it had; of none, takes them out. */
  void put(long id, @Nullable Entity entity) {
    kept.forEach(
        (field, index) -> {
          if (entity == null) {
            index.remove(id);
          } else {
            index.put(id, entity.vector(schema, field));
          }
        });
  }

  /** Removes what the files had and is not there any more. */
  void retain(LongPredicate there) {
    kept.values().forEach(index -> index.retain(there));
  }

  /** Writes those files that are worth it. */
  void write(boolean closing) {
    kept.values().forEach(index -> index.write(closing));
  }
}
