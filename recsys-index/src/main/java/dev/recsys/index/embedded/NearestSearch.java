package dev.recsys.index.embedded;

import dev.recsys.index.Hit;
import dev.recsys.index.ScoreRange;
import dev.recsys.index.SearchRequest;
import dev.recsys.index.SearchWork;
import dev.recsys.index.ann.SearchResult;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.MetricType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Searches of one collection for requests that differ in nothing but the vector, while nothing is
 * written to it.
 */
final class NearestSearch {
  /** So few are collected anew without what is excluded, for the index to enumerate them. */
  private static final int FEW = 4_096;

  /**
   * What keeps more than one row in so many is not collected anew: asking row by row is quicker.
   */
  private static final int ONE_IN = 16;

  private static final int WIDENING = 4;
  private static final Filter ALL = Filter.parse("");

  private final Contents contents;
  private final String field;
  private final MetricType metric;
  private final SearchRequest any;
  private final @Nullable LongPredicate accept;
  private final @Nullable Output output;
  private final long passed;

  NearestSearch(Contents contents, SearchRequest any) {
    this.contents = contents;
    this.field = any.vectorField(contents.schema()).name();
    this.metric = contents.indexes().metric(field);
    this.any = any;
    this.output =
        any.outputFields().isEmpty() ? null : new Output(contents.schema(), any.outputFields());
    Selection found = selection(any.filter());
    this.passed = found == null ? size() : found.size();
    this.accept = accepted(found);
  }

  private int size() {
    return contents.indexes().size(field);
  }

  /** Returns what filter and partitions let through, null where there are none. */
  private @Nullable Selection selection(@Nullable Filter filter) {
    return filter == null && any.partitions().isEmpty()
        ? null
        : contents.find(filter == null ? ALL : filter, any.partitions());
  }

  private @Nullable LongPredicate accepted(@Nullable Selection found) {
    LongPredicate others = contents.texts() ? othersByRow() : any.accepted();
    if (found == null) {
      return others;
    }
    LongPredicate ids = found.ids(contents);
    if (others == null) {
      return ids;
    }
    return found.size() <= Math.min(FEW, size() / ONE_IN)
        ? contents.vectorIds(RoaringBitmap.andNot(found.rows(), excludedRows()))
        : id -> ids.test(id) && others.test(id);
  }

  private @Nullable LongPredicate othersByRow() {
    if (any.excludedKeys().isEmpty()) {
      return null;
    }
    RoaringBitmap rows = excludedRows();
    return id -> !rows.contains(contents.row(id));
  }

  private RoaringBitmap excludedRows() {
    RoaringBitmap rows = new RoaringBitmap();
    any.excludedKeys().forEach(key -> addRow(rows, key));
    for (long id : any.excluded()) {
      addRow(rows, id);
    }
    return rows;
  }

  private void addRow(RoaringBitmap rows, Object key) {
    int row = contents.columns().row(key);
    if (row >= 0) {
      rows.add(row);
    }
  }

  /** Returns the hits for one vector. */
  List<Hit> find(float[] vector) {
    int wanted = any.offset() + any.limit();
    SearchResult result = search(vector, wanted);
    while (result.size() == wanted && !enough(result)) {
      wanted = (int) Math.min(size(), (long) WIDENING * wanted);
      result = search(vector, wanted);
      if (wanted == size()) {
        break;
      }
    }
    return hits(result);
  }

  private SearchResult search(float[] vector, int wanted) {
    SearchResult result = contents.indexes().search(field, vector, wanted, any.ef(), accept);
    Consumer<SearchWork> observer = any.observer();
    if (observer != null) {
      boolean scanned = result.method() == SearchResult.Method.SCAN;
      observer.accept(new SearchWork(result.visited(), passed, size(), scanned));
    }
    return result;
  }

  /** Returns the hits for each vector. */
  List<List<Hit>> findAll(List<float[]> vectors) {
    if (any.range().rangeFilter() != null) {
      return vectors.stream().map(this::find).toList();
    }
    float[][] queries = vectors.toArray(float[][]::new);
    int wanted = any.offset() + any.limit();
    return contents.indexes().searchAll(field, queries, wanted, any.ef(), accept).stream()
        .map(this::hits)
        .toList();
  }

  /** Returns whether no more are needed though there may be more. */
  private boolean enough(SearchResult result) {
    ScoreRange range = any.range();
    if (range.rangeFilter() == null || !range.nearEnough(result.score(result.size() - 1), metric)) {
      return true;
    }
    int first = 0;
    while (first < result.size() && !range.farEnough(result.score(first), metric)) {
      first++;
    }
    return result.size() - first >= any.offset() + any.limit();
  }

  private List<Hit> hits(SearchResult result) {
    ScoreRange range = any.range();
    List<Hit> hits = new ArrayList<>(Math.min(result.size(), any.limit()));
    int passed = 0;
    for (int i = 0; i < result.size() && hits.size() < any.limit(); i++) {
      float score = result.score(i);
      if (range.nearEnough(score, metric)
          && range.farEnough(score, metric)
          && passed++ >= any.offset()) {
        hits.add(hit(result.id(i), score));
      }
    }
    if (contents.texts()) {
      sortEqualScores(hits);
    }
    return Collections.unmodifiableList(hits);
  }

  /** The index knows rows, not keys, so that it cannot order by these. */
  private void sortEqualScores(List<Hit> hits) {
    Comparator<Hit> nearest = Comparator.comparingDouble(Hit::score);
    hits.sort(
        (metric.largerIsNearer() ? nearest.reversed() : nearest)
            .thenComparing(hit -> (String) hit.key(), KeyType.BY_CODE_POINT));
  }

  private Hit hit(long vectorId, float score) {
    if (!contents.texts()) {
      return new Hit(vectorId, score, output == null ? Map.of() : fields(output, vectorId));
    }
    String key = (String) contents.key(vectorId);
    return new Hit(key, score, output == null ? Map.of() : fields(output, key));
  }

  private Map<String, Object> fields(Output wanted, Object key) {
    return wanted.of(contents.entities().present(key));
  }
}
