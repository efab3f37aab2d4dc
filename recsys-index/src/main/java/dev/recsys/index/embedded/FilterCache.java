package dev.recsys.index.embedded;

import dev.recsys.index.filter.BoundFilter;
import dev.recsys.index.filter.Filter;
import dev.recsys.index.schema.CollectionSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The filters that were last used, bound to the schema, and what each has found since the last
 * write. Safe for many threads, as long as none of them writes to the contents.
 */
final class FilterCache {
  private static final int KEPT = 16;

  private final CollectionSchema schema;

  @SuppressWarnings("serial")
  private final Map<Filter, Bound> bound =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Filter, Bound> eldest) {
          return size() > KEPT;
        }
      };

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
   * Returns what a filter finds.
   *
   * @throws dev.recsys.index.filter.FilterException if it does not fit the schema
   */
  Selection find(Filter filter, Contents contents) {
    Bound found = bind(filter);
    synchronized (found) {
      if (found.last.version() != contents.version()) {
        found.last = new Selection(contents, found.filter.rows(contents.columns()));
      }
      return found.last;
    }
  }

  private Bound bind(Filter filter) {
    synchronized (bound) {
      Bound known = bound.get(filter);
      if (known != null) {
        return known;
      }
    }
    Bound made = new Bound(filter.bind(schema));
    synchronized (bound) {
      bound.putIfAbsent(filter, made);
      return bound.getOrDefault(filter, made);
    }
  }
}
