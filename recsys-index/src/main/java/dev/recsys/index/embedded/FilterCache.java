package dev.recsys.index.embedded;

import dev.recsys.index.filter.BoundFilter;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * The filters that were last used, bound to the schema, and what each has found since the last
 * write. Safe for many threads, as long as none of them writes to the contents.
 */
final class FilterCache {
  private static final int KEPT = 16;

  private final CollectionSchema schema;

  @SuppressWarnings("serial")
  private final Map<Question, Bound> bound =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Bound> eldest) {
          return size() > KEPT;
        }
      };

  private record Question(Filter filter, Set<String> partitions) {}

  private static final class Bound {
    final BoundFilter filter;
    Selection last = Selection.NONE;

    Bound(BoundFilter filter) {
      this.filter = filter;
    }
  }

  FilterCache(CollectionSchema schema) {
    this.schema = schema;
  }

  /**
   * Returns what a filter finds in some partitions, in all if none is named.
   *
   * @throws dev.recsys.index.filter.FilterException if it does not fit the schema
   */
  Selection find(Filter filter, Set<String> partitions, Contents contents) {
    Bound found = bind(new Question(filter, partitions));
    synchronized (found) {
      if (found.last.version() != contents.version()) {
        RoaringBitmap rows = contents.rows(partitions);
        found.last = new Selection(contents, found.filter.rows(contents.columns(), rows));
      }
      return found.last;
    }
  }

  private Bound bind(Question question) {
    synchronized (bound) {
      Bound known = bound.get(question);
      if (known != null) {
        return known;
      }
    }
    Bound made = new Bound(question.filter().bind(schema));
    synchronized (bound) {
      bound.putIfAbsent(question, made);
      return bound.getOrDefault(question, made);
    }
  }
}
