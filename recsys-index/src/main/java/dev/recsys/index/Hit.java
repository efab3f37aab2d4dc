package dev.recsys.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entity found by a search.
 *
 * @param id its primary key
 * @param score the raw score in the metric of the index: inner product, cosine in [-1, 1] or
 *     squared Euclidean distance
 * @param fields the output fields that the request named, in its order; unmodifiable
 */
public record Hit(long id, float score, Map<String, Object> fields) {

  /** Copies the fields. */
  public Hit {
    fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
