package dev.recsys.index;

import dev.recsys.index.schema.DataType;
import dev.recsys.index.schema.FieldSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The nearest entity of each value of a field, by searches that reach farther until enough values
 * are met: the same over every backend.
 */
final class Grouping {
  private static final int WIDENING = 4;
  private static final Set<DataType> TYPES =
      EnumSet.of(
          DataType.BOOL,
          DataType.INT8,
          DataType.INT16,
          DataType.INT32,
          DataType.INT64,
          DataType.VARCHAR);

  private Grouping() {}

  static void check(FieldSchema field) {
    if (!TYPES.contains(field.dataType())) {
      throw new IllegalArgumentException(
          "group by: a field of "
              + TYPES
              + ", received \""
              + field.name()
              + "\" of "
              + field.dataType());
    }
  }

  /**
   * Returns what a request finds that conforms to the collection's schema.
   *
   * @param search answers requests that do not group
   */
  static List<Hit> search(SearchRequest request, Function<SearchRequest, List<Hit>> search) {
    String field = request.groupBy();
    if (field == null) {
      return search.apply(request);
    }
    List<String> names = new ArrayList<>(request.outputFields());
    boolean asked = names.contains(field) || names.contains("*");
    if (!asked) {
      names.add(field);
    }
    SearchRequest all = request.ungrouped().offset(0).outputFields(names.toArray(String[]::new));
    int wanted = request.offset() + request.limit();
    for (int reach = wanted; ; reach *= WIDENING) {
      int limit = Math.min(SearchOptions.MAX_LIMIT, reach);
      List<Hit> hits = search.apply(all.limit(limit));
      List<Hit> firsts = firsts(hits, field);
      if (firsts.size() >= wanted || hits.size() < limit || limit == SearchOptions.MAX_LIMIT) {
        return firsts.stream()
            .skip(request.offset())
            .limit(request.limit())
            .map(hit -> asked ? hit : without(field, hit))
            .toList();
      }
    }
  }

  private static List<Hit> firsts(List<Hit> hits, String field) {
    Map<Object, Hit> first = new LinkedHashMap<>();
    for (Hit hit : hits) {
      // a list stands for null: no value of these types equals it
      first.putIfAbsent(Objects.requireNonNullElse(hit.fields().get(field), List.of()), hit);
    }
    return List.copyOf(first.values());
  }

  private static Hit without(String field, Hit hit) {
    Map<String, Object> fields = new LinkedHashMap<>(hit.fields());
    fields.remove(field);
    return hit.key() instanceof Long id
        ? new Hit(id, hit.score(), fields)
        : new Hit((String) hit.key(), hit.score(), fields);
  }
}
